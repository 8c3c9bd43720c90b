import { z } from 'zod'
import type { SourceFault } from '../../errors/source-fault.js'

const runNoteSchema = z.object({
  code: z.enum(['NEW_COLUMNS', 'MISSING_COLUMNS', 'RETYPED_COLUMNS', 'OUTDATED']),
  resource: z.string(),
  columns: z.array(z.string()),
  vi: z.string(),
  en: z.string(),
})

/** Something that a person who looks after the source may want to know, although the run went its way. */
export type RunNote = Readonly<z.infer<typeof runNoteSchema>>

/** As runs are stored with them. */
export const runNotesSchema = z.array(runNoteSchema)

/** The source is read, but what it says is old. */
export function outdatedNote(resource: string, fault: SourceFault): RunNote {
  return { code: 'OUTDATED', resource, columns: [], vi: fault.messageVi, en: fault.messageEn }
}

type Columns = Readonly<Record<string, string>>

/** Names that one note lists; a source that changes altogether needs no longer list. */
const mostListed = 50

/** How the columns of a source differ from those that its last good run saw. A column without values says nothing. */
export function schemaDrift(resource: string, before: Columns | undefined, now: Columns): RunNote[] {
  if (before === undefined || Object.keys(now).length === 0) return []
  const was = new Map(Object.entries(before))
  const is = new Map(Object.entries(now))
  const added = [...is.keys()].filter((name) => !was.has(name))
  const missing = [...was.keys()].filter((name) => !is.has(name))
  const retyped = [...is].flatMap(([name, kind]) => {
    const earlier = was.get(name) ?? 'empty'
    return kind === earlier || kind === 'empty' || earlier === 'empty' ? [] : [{ name, earlier, kind }]
  })
  const notes: RunNote[] = []
  if (added.length > 0) {
    const text = listed(added)
    notes.push({
      code: 'NEW_COLUMNS',
      resource,
      columns: added.slice(0, mostListed),
      vi: `Nguồn dữ liệu có thêm các cột ${text}; chúng chưa được công bố.`,
      en: `The source has new columns ${text}; they are not published.`,
    })
  }
  if (missing.length > 0) {
    const text = listed(missing)
    notes.push({
      code: 'MISSING_COLUMNS',
      resource,
      columns: missing.slice(0, mostListed),
      vi: `Nguồn dữ liệu không còn các cột ${text}.`,
      en: `The source no longer has the columns ${text}.`,
    })
  }
  if (retyped.length > 0) {
    const text = listed(retyped.map(({ name, earlier, kind }) => `${name} (${earlier} → ${kind})`))
    notes.push({
      code: 'RETYPED_COLUMNS',
      resource,
      columns: retyped.map(({ name }) => name).slice(0, mostListed),
      vi: `Kiểu giá trị của các cột đã đổi: ${text}.`,
      en: `The values of columns are of another kind: ${text}.`,
    })
  }
  return notes
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostListed).join(', ')
  return names.length > mostListed ? `${shown}, …` : shown
}
