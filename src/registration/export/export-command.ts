// `npm run connector -- export <folder>`: writes what runs as files, as the gateway reads them at its start.
import { runOnDatabase } from '../../database/run-on-database.js'
import { exportConnectors } from './export-connectors.js'

const [command, folder] = process.argv.slice(2)
if (command !== 'export' || folder === undefined) {
  process.stderr.write('Usage: npm run connector -- export <folder>\n')
  process.exitCode = 2
} else {
  await runOnDatabase(async (pool) => {
    const { files, paused } = await exportConnectors(pool, folder)
    process.stdout.write(`${files.length} files were written to ${folder}.\n`)
    if (paused.length > 0) process.stdout.write(`Paused now, but not in a file: ${paused.join(', ')}.\n`)
  })
}
