// `npm run connector -- export <folder>`: writes what runs as files, as the gateway reads them at its start.
import pg from 'pg'
import { exportConnectors } from './export-connectors.js'

const [command, folder] = process.argv.slice(2)
const url = process.env['DATABASE_URL']
if (command !== 'export' || folder === undefined || url === undefined) {
  process.stderr.write('Usage: DATABASE_URL=postgres://… npm run connector -- export <folder>\n')
  process.exitCode = 2
} else {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    const { files, paused } = await exportConnectors(pool, folder)
    process.stdout.write(`${files.length} files were written to ${folder}.\n`)
    if (paused.length > 0) process.stdout.write(`Paused now, but not in a file: ${paused.join(', ')}.\n`)
  } finally {
    await pool.end()
  }
}
