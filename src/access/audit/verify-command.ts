// `npm run audit -- [number:hash]`: is the audit log as it was written? Ends with 1 when it is not.
import pg from 'pg'
import { anchorText, parseAnchor, verifyAuditLog } from './verify-audit-log.js'
import { queriesOf } from './queries.js'

const [given] = process.argv.slice(2)
const url = process.env['DATABASE_URL']
const anchor = given === undefined ? undefined : parseAnchor(given)
if (url === undefined || (given !== undefined && anchor === undefined)) {
  process.stderr.write('Usage: DATABASE_URL=postgres://… npm run audit -- [number:hash, as it was noted down]\n')
  process.exitCode = 2
} else {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    const { intact, entries, head, problem } = await verifyAuditLog(queriesOf(pool), anchor)
    const last = head === undefined ? '' : `\nNote down: ${anchorText(head)}`
    process.stdout.write(intact ? `The log is intact, ${entries} entries.${last}\n` : `NOT INTACT: ${problem ?? ''}\n`)
    process.exitCode = intact ? 0 : 1
  } finally {
    await pool.end()
  }
}
