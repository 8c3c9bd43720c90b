import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { ManifestError } from '../../connectors/manifest/parse-manifest.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { registerFile, type RegistrationParts } from '../../registration/register.js'

export interface ConnectorFiles {
  readonly folder: string
  readonly filesWin: boolean
  /** The sample agencies whose files are read: all, none, or these. */
  readonly samples: boolean | ReadonlySet<string>
  readonly log: Logger
}

/** Registers the manifests of a folder. A file that is wrong is told with the reason; the others are registered. */
export async function registerFiles(parts: RegistrationParts, options: ConnectorFiles): Promise<void> {
  const { folder, filesWin, samples, log } = options
  const entries = await readdir(folder, { recursive: true })
  const files = entries.filter((name) => /\.ya?ml$/.test(name)).sort()
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8')
    if (!isWanted(text, samples)) continue
    try {
      const { outcome } = await registerFile(parts, text, { file, filesWin })
      if (outcome === 'KEPT')
        log.warn({ file }, 'The connector was changed at run time since; --files-win takes the file')
      else log.debug({ file, outcome }, 'A connector file was read')
    } catch (error) {
      if (!(error instanceof ManifestError || error instanceof GatewayError)) throw error
      log.error({ file, reason: error.message }, 'A connector file cannot be used; the gateway goes on without it')
    }
  }
}

function isWanted(text: string, samples: boolean | ReadonlySet<string>): boolean {
  if (samples === true) return true
  return [...text.matchAll(/\{sample:([a-z0-9-]+)\}/g)].every(([, code = '']) => samples !== false && samples.has(code))
}
