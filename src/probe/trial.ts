import type { Source } from '../../connectors/drivers/driver.js'
import type { AnyDriver } from '../connectors/drivers.js'
import type { Manifest, ManifestResource } from '../connectors/manifest/manifest.js'
import { mapResource, type MappableSource, type MappingContext } from '../connectors/mapping/map-resource.js'
import { SourceFault } from '../errors/source-fault.js'
import { asWritten, worded } from '../errors/wording.js'
import { percent } from '../harvest/run/guards.js'
import { hiddenValue, reportedValue } from '../harvest/run/set-aside.js'
import { nameOf, PersonalDataScreen, reasonOf, type PersonalCell } from '../harvest/screen/personal-data-screen.js'
import type { RecordType } from '../records/schema/record-type.js'
import { createRowValidator } from '../records/schema/validate-row.js'
import type { PersonalColumn, Trial, TriedProblem, TriedRecord } from './probe-report.js'

export interface TrialSettings {
  readonly driver: AnyDriver
  readonly manifest: Manifest
  readonly source: Source<unknown> & MappableSource
  readonly typeOf: (code: string) => RecordType | undefined
  readonly mapping: (type: RecordType) => MappingContext
  readonly timeZone: string
}

const shownRecords = 20
const shownProblems = 500
/** Enough to judge a file by; a run reads all. */
const mostRows = 20_000

/** What a run over all resources of the manifest would make of the source; nothing is stored. Throws a SourceFault. */
export async function tryManifest(settings: TrialSettings): Promise<{ trial: Trial; fault: SourceFault | undefined }> {
  const seen = new Observations()
  let fault: SourceFault | undefined
  for (const resource of settings.manifest.resources) {
    const type = settings.typeOf(resource.recordType)
    if (type === undefined) {
      throw new SourceFault('MAPPING', {
        detail: worded(
          `record type ${resource.recordType} does not exist`,
          `không có kiểu bản ghi ${resource.recordType}`,
        ),
      })
    }
    const counts = await tryResource(settings, resource, type, seen)
    fault ??= faultOf(settings.manifest, counts)
  }
  const personal = seen.personal.find(({ refuses }) => refuses)
  if (personal !== undefined) {
    fault = new SourceFault('PERSONAL_DATA', {
      field: personal.field ?? personal.column,
      kind: asWritten(personal.kind),
    })
  }
  return { trial: seen.trial(), fault }
}

interface Counts {
  readonly mapped: number
  readonly setAside: number
}

async function tryResource(
  settings: TrialSettings,
  resource: ManifestResource,
  type: RecordType,
  seen: Observations,
): Promise<Counts> {
  const { driver, manifest, source, mapping, timeZone } = settings
  const validate = createRowValidator(type, { zone: timeZone })
  const screen = new PersonalDataScreen(type.fields, resource)
  const suspect: SuspectRow[] = []
  const keys = new Map<string, number>()
  let mapped = 0
  let setAside = 0
  for await (const row of mapResource(resource, manifest.options, driver, source, mapping(type))) {
    if (mapped >= mostRows) {
      seen.partly = true
      break
    }
    mapped++
    const problem = (field: string | undefined, value: string | undefined, reason: TriedProblem['reason']): void => {
      seen.problem({
        resource: resource.name,
        part: row.part,
        row: row.number,
        field,
        value: reportedValue(value),
        reason,
      })
    }
    const outcome = row.problems.length > 0 ? { ok: false as const, problems: row.problems } : validate(row.values)
    if (!outcome.ok) {
      setAside++
      for (const { field, value, reason } of outcome.problems) problem(field, value, reason)
      continue
    }
    const earlier = keys.get(outcome.key)
    if (earlier !== undefined) {
      setAside++
      problem(type.primaryKey.join(', '), outcome.key, {
        vi: `Khóa này đã có ở dòng ${earlier}.`,
        en: `Row ${earlier} has this key already.`,
      })
      continue
    }
    keys.set(outcome.key, row.number)
    const cells = screen.row(outcome.columns)
    if (cells.length > 0) suspect.push({ row: row.number, part: row.part, cells })
    seen.record(row.number, outcome.key, type, outcome.columns, cells)
  }
  screen.end()
  const personal = judged(screen, suspect)
  for (const { row, part, cells } of personal.rows) {
    setAside++
    for (const { field, kind } of cells) {
      const [name, value, reason] = [field.name, hiddenValue, reasonOf(kind)]
      seen.problem({ resource: resource.name, part, row, field: name, value, reason })
    }
  }
  seen.personal.push(...personalColumns(resource, screen.refused, true))
  seen.personal.push(...personalColumns(resource, personal.cells, false))
  seen.count(mapped, setAside)
  return { mapped, setAside }
}

/** The guards that a first run has. */
function faultOf({ guards }: Manifest, { mapped, setAside }: Counts): SourceFault | undefined {
  if (mapped - setAside === 0) return new SourceFault('NO_ROWS')
  if (setAside <= mapped * guards.setAside) return undefined
  return new SourceFault('TOO_MANY_SET_ASIDE', { setAside, read: mapped, limit: percent(guards.setAside) })
}

interface SuspectRow {
  readonly row: number
  readonly part: string | undefined
  readonly cells: readonly PersonalCell[]
}

/** The rows that a run would set aside: what a refused column holds is not told once more for each of its rows. */
function judged(
  screen: PersonalDataScreen,
  suspect: readonly SuspectRow[],
): { rows: readonly SuspectRow[]; cells: readonly PersonalCell[] } {
  const refused = new Set(screen.refused.map(({ field }) => field))
  const rows = suspect
    .map((row) => ({ ...row, cells: row.cells.filter((cell) => !refused.has(cell.field) && !screen.isByChance(cell)) }))
    .filter(({ cells }) => cells.length > 0)
  return { rows, cells: rows.flatMap(({ cells }) => cells) }
}

/** Each column once. */
function personalColumns(
  { fields }: ManifestResource,
  cells: readonly PersonalCell[],
  refuses: boolean,
): PersonalColumn[] {
  const kinds = new Map(cells.map(({ field, kind }) => [field.name, nameOf(kind)]))
  return [...kinds].map(([field, kind]) => {
    const mapping = fields[field]
    const column = mapping !== undefined && 'column' in mapping ? mapping.column : field
    return { column, field, kind, refuses }
  })
}

class Observations {
  partly = false
  readonly personal: PersonalColumn[] = []
  readonly #records: TriedRecord[] = []
  readonly #problems: TriedProblem[] = []
  #allProblems = 0
  #read = 0
  #setAside = 0

  problem(problem: TriedProblem): void {
    this.#allProblems++
    if (this.#problems.length < shownProblems) this.#problems.push(problem)
  }

  /** Without what seems to be personal: a report may be read by more people than the source. */
  record(
    row: number,
    key: string,
    type: RecordType,
    columns: readonly (string | null)[],
    personal: readonly PersonalCell[],
  ): void {
    if (this.#records.length >= shownRecords) return
    const hidden = new Set(personal.map(({ field }) => field.name))
    const values = type.fields.map(({ name }, index): [string, string | null] => [
      name,
      hidden.has(name) ? hiddenValue : (columns[index] ?? null),
    ])
    const shownKey = type.primaryKey.some((name) => hidden.has(name)) ? hiddenValue : key
    this.#records.push({ row, key: shownKey, values: Object.fromEntries(values) })
  }

  count(mapped: number, setAside: number): void {
    this.#read += mapped
    this.#setAside += setAside
  }

  trial(): Trial {
    return {
      read: this.#read,
      setAside: this.#setAside,
      partly: this.partly,
      records: this.#records,
      problems: this.#problems,
      moreProblems: this.#allProblems - this.#problems.length,
      personalData: this.personal,
    }
  }
}
