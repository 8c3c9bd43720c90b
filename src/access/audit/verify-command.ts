import { queriesOf } from '../../database/queries.js'
// `npm run audit -- [number:hash]`: is the audit log as it was written? Ends with 1 when it is not.
import { runOnDatabase } from '../../database/run-on-database.js'
import { anchorText, parseAnchor, verifyAuditLog } from './verify-audit-log.js'

const [given] = process.argv.slice(2)
const anchor = given === undefined ? undefined : parseAnchor(given)
if (given !== undefined && anchor === undefined) {
  process.stderr.write('Usage: npm run audit -- [number:hash, as it was noted down]\n')
  process.exitCode = 2
} else {
  await runOnDatabase(async (pool) => {
    const { intact, entries, head, problem } = await verifyAuditLog(queriesOf(pool), anchor)
    const last = head === undefined ? '' : `\nNote down: ${anchorText(head)}`
    process.stdout.write(intact ? `The log is intact, ${entries} entries.${last}\n` : `NOT INTACT: ${problem ?? ''}\n`)
    process.exitCode = intact ? 0 : 1
  })
}
