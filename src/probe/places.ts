import { headerWords } from './header-words.js'
import type { ReferenceResolver } from '../connectors/mapping/reference-resolver.js'

/** What a probe needs to find out on which day a source's codes and names of places were valid. */
export interface ReferencePorts {
  readonly resolver: ReferenceResolver
  /** What sort of thing each record is (the code in its field `kind`), by key; empty for types without sorts. */
  kinds(target: string, dataset: string, keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The last days on which some record of the type was valid, latest first, YYYY-MM-DD. */
  lastDays(target: string, dataset: string): Promise<readonly string[]>
}

export interface Resolution {
  readonly by: 'code' | 'name'
  readonly on: string
  /** What the header asks for, where names alone are not enough. */
  readonly kinds?: readonly string[]
  /** Of the distinct values. */
  readonly share: number
}

/** As a manifest writes it. */
export function ruleOf({ by, kinds }: Resolution): object {
  return kinds === undefined ? { by } : { by, kinds }
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
  column: { readonly name: string; readonly texts: readonly string[] },
  today: string,
): Promise<Resolution | undefined> {
  const values = [...new Set(column.texts)].slice(0, mostValues)
  if (values.length === 0) return undefined
  const past = (await ports.lastDays(target, dataset)).filter((day) => day < today).slice(0, mostDays)
  const meant = kindsMeant(column.name)
  let best: Resolution | undefined
  for (const on of [today, ...past]) {
    for (const by of ['code', 'name'] as const) {
      for (const kinds of by === 'name' && meant !== undefined ? [undefined, meant] : [undefined]) {
        const question = { target, dataset, by, on, kinds }
        const keys = await Promise.all(values.map((value) => ports.resolver.resolve({ ...question, value })))
        const found = keys.filter((key) => key !== undefined)
        const kindOf = await ports.kinds(target, dataset, found)
        // A district's name lives on in a ward: what the header asks for is not what bears the name today.
        const fitting = found.filter((key) => isAmong(meant, kindOf.get(key)))
        const share = fitting.length / values.length
        if (share > (best?.share ?? 0)) best = { by, on, share, ...(kinds === undefined ? {} : { kinds }) }
      }
    }
    if (best !== undefined && best.share >= 0.95) return best
  }
  return best
}

const districtWords = /(^| )(huyen|quan|district)( |$)/
const communeWords = /(^| )(xa|phuong|thi tran|commune|ward)( |$)/

/** The kinds of units that a column of that name is about; undefined: it does not say. */
function kindsMeant(header: string): readonly string[] | undefined {
  const words = headerWords(header)
  if (districtWords.test(words)) return ['DISTRICT']
  return communeWords.test(words) ? ['COMMUNE', 'WARD', 'TOWNSHIP', 'SPECIAL_ZONE'] : undefined
}

/** Records without a kind are of a type that has none. */
function isAmong(kinds: readonly string[] | undefined, kind: string | undefined): boolean {
  return kinds === undefined || kind === undefined || kinds.includes(kind)
}
