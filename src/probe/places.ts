import type { ReferenceResolver } from '../connectors/mapping/reference-resolver.js'

/** What a probe needs to find out on which day a source's codes and names of places were valid. */
export interface ReferencePorts {
  readonly resolver: ReferenceResolver
  /** The last days on which some record of the type was valid, latest first, YYYY-MM-DD. */
  lastDays(target: string, dataset: string): Promise<readonly string[]>
}

export interface Resolution {
  readonly by: 'code' | 'name'
  readonly on: string
  /** Of the distinct values. */
  readonly share: number
}

const mostValues = 60
const mostDays = 6
/** Fewer that resolve are chance. */
export const leastShare = 0.6

/** How the values of a column can be resolved best: by code or name, on today or on the last day of units that are gone. */
export async function bestResolution(
  ports: ReferencePorts,
  target: string,
  dataset: string,
  texts: readonly string[],
  today: string,
): Promise<Resolution | undefined> {
  const values = [...new Set(texts)].slice(0, mostValues)
  if (values.length === 0) return undefined
  const past = (await ports.lastDays(target, dataset)).filter((day) => day < today).slice(0, mostDays)
  let best: Resolution | undefined
  for (const on of [today, ...past]) {
    for (const by of ['code', 'name'] as const) {
      const keys = await Promise.all(values.map((value) => ports.resolver.resolve({ target, dataset, by, value, on })))
      const share = keys.filter((key) => key !== undefined).length / values.length
      if (share > (best?.share ?? 0)) best = { by, on, share }
    }
    if (best !== undefined && best.share >= 0.95) return best
  }
  return best
}
