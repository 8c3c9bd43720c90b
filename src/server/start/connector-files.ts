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
  const names = entries.filter((name) => /\.ya?ml$/.test(name)).sort()
  const read = await Promise.all(
    names.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })),
  )
  for (const { file, text } of await inOrderOfThePlan(parts, read)) {
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

interface ConnectorFile {
  readonly file: string
  readonly text: string
}

/** First what is beside the plan, such as places, then row by row: sources are read for the first time in this order. */
async function inOrderOfThePlan(
  { pool }: RegistrationParts,
  files: readonly ConnectorFile[],
): Promise<ConnectorFile[]> {
  const { rows } = await pool.query<{ code: string; plan_row: number }>(
    'select code, plan_row from gateway.dataset where plan_row is not null',
  )
  const rowOf = new Map(rows.map(({ code, plan_row }) => [code, plan_row]))
  const place = ({ text }: ConnectorFile): number => rowOf.get(/^dataset: *(\S+)/m.exec(text)?.[1] ?? '') ?? 0
  return [...files].sort((a, b) => place(a) - place(b))
}
