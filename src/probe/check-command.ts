// `npm run connector -- check <file> [--upload <data file>]`: tries a manifest on its source; exit code 1 when it would fail.
import 'reflect-metadata'
import { parseArgs } from 'node:util'
import { errorCode } from '../connectors/outbound/network-faults.js'
import { InvalidSchemas } from '../records/schema/schema-problem.js'
import { installationFolder } from '../settings/installation.js'
import { readSettings } from '../settings/settings.js'
import { StartFailure } from '../settings/start-failure.js'
import { checkFile } from './check-file.js'

const usage = 'Usage: npm run connector -- check <file> [--upload <data file>]\n'

try {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(3),
    options: { upload: { type: 'string' } },
    allowPositionals: true,
  })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) {
    process.stderr.write(usage)
    process.exitCode = 2
  } else {
    const { outboundAllow, timeZone } = readSettings(process.env)
    const { upload } = values
    const result = await checkFile(file, { folder: installationFolder, outboundAllow, timeZone, upload })
    process.stdout.write(result.text)
    process.exitCode = result.publishable ? 0 : 1
  }
} catch (error) {
  const isUsage = errorCode(error).startsWith('ERR_PARSE_ARGS')
  const missing = missingFile(error)
  const isTold = isUsage || error instanceof StartFailure || error instanceof InvalidSchemas || missing !== undefined
  if (!isTold || !(error instanceof Error)) throw error
  const message = missing === undefined ? error.message : `There is no file ${missing}.`
  process.stderr.write(`${message}\n${isUsage ? usage : ''}`)
  process.exitCode = 2
}

function missingFile(error: unknown): string | undefined {
  if (errorCode(error) !== 'ENOENT' || !(error instanceof Error) || !('path' in error)) return undefined
  return String(error.path)
}
