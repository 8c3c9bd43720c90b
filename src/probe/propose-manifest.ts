import type { ResourceDescription } from '../../connectors/drivers/driver.js'
import type { RecordType, RecordTypes } from '../records/schema/record-type.js'
import { slug } from './field-names.js'
import type { GuessedDriver } from './guess-driver.js'
import { isRowNumber } from './header-words.js'
import { matchType, matchTypes } from './match-type.js'
import type { ReferencePorts } from './places.js'
import type { ProbeInput } from './probe-input.js'
import type { ProbePorts } from './probe-ports.js'
import type { ColumnProfile, Note, TypeCandidate } from './probe-report.js'
import { profileColumns } from './profile-columns.js'
import { proposeMapping } from './propose-mapping.js'
import { proposeSteps } from './propose-steps.js'
import { proposeType } from './propose-type.js'

export interface ProposalQuestion extends GuessedDriver {
  readonly described: ResourceDescription<unknown>
  readonly input: ProbeInput
  readonly agency: string | undefined
  readonly fileName: string | undefined
  readonly isUpload: boolean
  readonly today: string
}

export interface Proposal {
  readonly candidates: readonly TypeCandidate[]
  readonly newRecordType: Readonly<Record<string, unknown>> | undefined
  readonly manifest: Readonly<Record<string, unknown>> | undefined
  readonly notes: readonly Note[]
}

/** Of the columns with data, so many must find a field before an existing type is taken. */
const leastScore = 0.7

/** A manifest for one resource of a source, onto an existing record type or onto a new one. */
export async function proposeManifest(
  question: ProposalQuestion,
  ports: ProbePorts,
  references: ReferencePorts,
): Promise<Proposal> {
  const { described, input, today } = question
  const { steps, rows, notes } = await proposeSteps(described)
  const columns = profileColumns(described.columns, rows)
  const title = titleOf(question)
  const context = [described.name, question.fileName ?? '', input.title ?? ''].join(' ')
  const types = ports.types()
  const candidates = matchTypes(types.types.values(), columns, context)
  const known: Note[] = [
    ...notes,
    ...columns.flatMap(({ name, notes: own }) => own.map((note) => ({ ...note, column: name }))),
  ]
  const dataset = input.dataset ?? input.connector ?? slug(title) ?? 'new-dataset'
  const existing = chosenType(types, input, candidates, columns, context)
  const mapped =
    existing === undefined
      ? await proposeType(
          {
            name: input.recordType ?? title,
            isGiven: input.recordType !== undefined,
            title,
            columns,
            taken: takenNames(ports),
            today,
          },
          references,
        )
      : await proposeMapping({ ...existing, dataset, columns, context, today }, references)
  if (mapped === undefined) {
    const reason: Note = {
      column: undefined,
      vi: 'Không đề xuất được kiểu bản ghi: cần một cột mã có đủ giá trị và không trùng.',
      en: 'No record type could be proposed: a column is needed whose values are all there and all different.',
    }
    return { candidates, newRecordType: undefined, manifest: undefined, notes: [...known, reason] }
  }
  const newRecordType = mapped.schema
  const connector = await connectorFor(ports, input.connector, dataset)
  const manifest = plain({
    connector: connector.code,
    agency: question.agency,
    dataset,
    datasetEntry: (await ports.knowsDataset(dataset)) ? undefined : { title: { vi: title, en: title } },
    driver: question.driver,
    options: question.options,
    ...(input.tls === undefined ? {} : { tls: input.tls }),
    resources: [
      {
        name: slug(described.name) ?? 'rows',
        recordType: newRecordType?.['name'] ?? existing?.type.code,
        selection: described.selection,
        referenceDate: mapped.referenceDate,
        steps: steps.length === 0 ? undefined : steps,
        fields: mapped.fields,
      },
    ],
    refresh: question.isUpload
      ? { mode: 'push' }
      : question.driver === 'gtfs-realtime'
        ? { mode: 'live', maxAge: 'PT30S', patience: 'PT2S' }
        : { mode: 'snapshot', every: 'PT24H', maxAge: 'P2D' },
  })
  return {
    candidates,
    newRecordType: newRecordType === undefined ? undefined : plain(newRecordType),
    manifest,
    notes: [...known, ...connector.notes, ...mapped.notes, ...unmapped(columns, mapped.fields)],
  }
}

/** A code that is free, unless one was given: what is registered under a code that is taken replaces what was there. */
async function connectorFor(
  ports: ProbePorts,
  given: string | undefined,
  dataset: string,
): Promise<{ readonly code: string; readonly notes: readonly Note[] }> {
  const taken = given ?? dataset
  if (!(await ports.knowsConnector(taken))) return { code: taken, notes: [] }
  let code = taken
  for (let count = 2; given === undefined && (await ports.knowsConnector(code)); count++) code = `${dataset}-${count}`
  const note: Note =
    given === undefined
      ? {
          column: undefined,
          vi: `Đã có kết nối ${taken} nên đề xuất mã ${code}; muốn thay kết nối cũ thì dùng connector=${taken}.`,
          en: `There is a connector ${taken} already, so ${code} is proposed; to replace that one give connector=${taken}.`,
        }
      : {
          column: undefined,
          vi: `Đã có kết nối ${taken}: đăng ký bản khai này sẽ thay thế nó.`,
          en: `There is a connector ${taken} already: to register this manifest replaces it.`,
        }
  return { code, notes: [note] }
}

interface ChosenType {
  readonly type: RecordType
  readonly candidate: TypeCandidate
}

/** The type that was asked for, or the best one that has a column for each field it requires. */
function chosenType(
  { types }: RecordTypes,
  input: ProbeInput,
  candidates: readonly TypeCandidate[],
  columns: readonly ColumnProfile[],
  context: string,
): ChosenType | undefined {
  if (input.recordType !== undefined) {
    const type = types.get(input.recordType)
    return type === undefined ? undefined : { type, candidate: matchType(type, columns, context) }
  }
  const candidate = candidates.find(({ missing, score }) => missing.length === 0 && score >= leastScore)
  const type = candidate === undefined ? undefined : types.get(candidate.recordType)
  return candidate === undefined || type === undefined ? undefined : { type, candidate }
}

function titleOf({ described, input, fileName }: ProposalQuestion): string {
  if (input.title !== undefined) return input.title
  const file = fileName
    ?.replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[-_]+/g, ' ')
    .trim()
  const isNamed = !/^(sheet|trang tính|rows|table|data|items|results?)\s*\d*$/i.test(described.name)
  return isNamed || file === undefined || file === '' ? described.name : file
}

function takenNames({ types, taken }: ProbePorts): ReadonlySet<string> {
  const { types: known, codeLists } = types()
  return new Set([
    ...taken.types,
    ...taken.queryFields,
    ...codeLists.keys(),
    ...[...known.values()].flatMap(({ code, plural, singular }) => [code, plural, singular]),
  ])
}

function unmapped(columns: readonly ColumnProfile[], fields: Readonly<Record<string, unknown>>): Note[] {
  const text = JSON.stringify(fields)
  return columns
    .filter(({ name, filled }) => filled > 0 && !isRowNumber(name) && !text.includes(JSON.stringify(name)))
    .map(({ name }) => ({ column: name, vi: 'Cột này không được công bố.', en: 'This column is not published.' }))
}

/** Without what is undefined, as JSON has it. */
function plain(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const copy: unknown = JSON.parse(JSON.stringify(value))
  return typeof copy === 'object' && copy !== null ? { ...copy } : {}
}
