import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { ManifestError } from '../../connectors/manifest/parse-manifest.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { registerFile, type RegistrationParts } from '../../registration/register.js'

export interface ConnectorFiles {
  readonly folder: string
  readonly filesWin: boolean
  /** False: files of sources that are sample agencies are left out. */
  readonly samples: boolean
  readonly log: Logger
}

/** Registers the manifests of a folder. A file that is wrong is told with the reason; the others are registered. */
export async function registerFiles(parts: RegistrationParts, options: ConnectorFiles): Promise<void> {
  const { folder, filesWin, samples, log } = options
  const entries = await readdir(folder, { recursive: true })
  const files = entries.filter((name) => /\.ya?ml$/.test(name)).sort()
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8')
    if (!samples && text.includes('{sample:')) continue
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
