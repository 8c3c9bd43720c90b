import { meaningOfNames, personalIn, type ColumnMeaning } from './column-names.js'
import type { PersonalKind } from './personal-text.js'

const member = /"((?:[^"\\]|\\.){1,60})":(?:"((?:[^"\\]|\\.){8,40})"|(\d{8,20}))/g
/** Names of members come again in each row. */
const known = new Map<string, ColumnMeaning>()
const mostKnown = 1_000

/** What a member of the objects in a JSON text seems to tell of a person by its name, which a number alone would not. */
export function personalMember(json: string): PersonalKind | undefined {
  if (!json.includes('":')) return undefined
  for (const [, name = '', text, number] of json.matchAll(member)) {
    const kind = personalIn(meaningOf(name), text ?? number ?? '')
    if (kind !== undefined) return kind
  }
  return undefined
}

function meaningOf(name: string): ColumnMeaning {
  const meaning = known.get(name) ?? meaningOfNames([name])
  if (known.size < mostKnown) known.set(name, meaning)
  return meaning
}
