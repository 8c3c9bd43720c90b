import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../errors/wording.js'
import type { ManifestResource } from '../../connectors/manifest/manifest.js'
import type { Field, ValueKind } from '../../records/schema/record-type.js'
import { meaningOfNames, personalIn, type ColumnMeaning } from './column-names.js'
import { looksLikePersonName } from './person-name.js'
import { personalMember } from './personal-members.js'
import { isOtherNumber, type PersonalKind } from './personal-text.js'

const block = 100
const hitsOfBlock = 20
/** In fewer rows than a block: a share alone would let one of two rows fail a run. */
const fewestHits = 3
/** Of the equally long numbers of a column, so many at most look like those of persons by chance. */
const chance = 0.1
const fewestNumbers = 20

/** A cell that seems to tell of a person: its row is not published. */
export interface PersonalCell {
  readonly field: Field
  readonly kind: PersonalKind
}

/** Of nearly every row. */
const nothing: readonly PersonalCell[] = []

interface Column {
  readonly field: Field
  readonly index: number
  readonly meaning: ColumnMeaning
  /** In this block of rows. */
  hits: number
  kind: PersonalKind | undefined
  /** In all rows: of the form of persons' numbers, and other numbers that are as long. */
  numbers: number
  others: number
}

/**
 * Watches the rows of one resource go by: no row is published with a cell that tells of a person, however few there are, and no
 * column that has 20 of them in 100 rows. In a column that its schema declares an office's contact only what an office never has
 * counts.
 */
export class PersonalDataScreen {
  readonly #columns: Column[]
  readonly #births: Column[]
  readonly #texts: Column[]
  readonly #refused = new Map<Field, PersonalKind>()
  #inBlock = 0
  #blocks = 0

  /** `resource`: how the manifest maps the fields; what the source calls its columns tells more than the field's name. */
  constructor(fields: readonly Field[], resource?: Pick<ManifestResource, 'fields'>) {
    const columns = fields.map((field, index): Column => {
      const meaning = meaningOfNames([field.name, field.title.vi, field.title.en, ...sourceNames(resource, field.name)])
      return { field, index, meaning, hits: 0, kind: undefined, numbers: 0, others: 0 }
    })
    this.#columns = columns.filter(isWatched)
    this.#births = columns.filter(({ field, meaning }) => meaning.isBirth && !isMeasure(field))
    this.#texts = columns.filter(({ field }) => field.kind === 'text' && isAnyones(field))
  }

  /** `columns`: the row's column texts in the order of the fields. */
  row(columns: readonly (string | null)[]): readonly PersonalCell[] {
    let cells = nothing
    for (const column of this.#columns) {
      const text = columns[column.index] ?? null
      if (text === null) continue
      const kind = kindOf(column, text)
      if (kind === undefined) {
        if (isOtherNumber(text)) column.others++
        continue
      }
      column.numbers++
      cells = [...cells, this.#hit(column, kind)]
    }
    const named = this.#namedAndBorn(columns)
    if (named !== undefined) cells = [...cells, this.#hit(named, 'NAME_AND_BIRTH')]
    if (++this.#inBlock === block) this.#nextBlock()
    return cells
  }

  /** After the last row. */
  end(): void {
    if (this.#blocks > 0) return
    for (const { field, hits, kind } of this.#columns) {
      if (kind !== undefined && hits >= fewestHits && hits / this.#inBlock >= hitsOfBlock / block) {
        this.#refused.set(field, kind)
      }
    }
  }

  /** The columns that must not be published at all, as far as the rows were seen. */
  get refused(): readonly PersonalCell[] {
    return [...this.#refused].map(([field, kind]) => ({ field, kind }))
  }

  /** Throws a SourceFault PERSONAL_DATA when there is such a column. */
  refuse(): void {
    const [first] = this.refused
    if (first !== undefined) throw personalData(first)
  }

  /**
   * Among hundreds of codes of ten or twelve digits some look like those of persons by chance. To be asked after the last row;
   * whether the column's other values are such codes is not known before.
   */
  isByChance({ field, kind }: PersonalCell): boolean {
    if (kind !== 'CCCD' && kind !== 'PHONE') return false
    const column = this.#columns.find((one) => one.field === field)
    if (column === undefined || column.meaning.number !== undefined) return false
    const { numbers, others } = column
    return others >= fewestNumbers && numbers <= chance * (numbers + others)
  }

  #hit(column: Column, kind: PersonalKind): PersonalCell {
    column.hits++
    column.kind = kind
    if (column.hits >= hitsOfBlock) this.#refused.set(column.field, kind)
    return { field: column.field, kind }
  }

  /** The column with a person's name in a row that has a date of birth as well. */
  #namedAndBorn(columns: readonly (string | null)[]): Column | undefined {
    if (this.#births.length === 0) return undefined
    const isBorn = this.#births.some(({ index }) => /(?<!\d)(?:19|20)\d\d(?!\d)/.test(columns[index] ?? ''))
    return isBorn ? this.#texts.find(({ index }) => looksLikePersonName(columns[index] ?? '')) : undefined
  }

  #nextBlock(): void {
    this.#blocks++
    this.#inBlock = 0
    for (const column of this.#columns) column.hits = 0
  }
}

export function personalData({ field, kind }: PersonalCell): SourceFault {
  return new SourceFault('PERSONAL_DATA', { field: field.name, kind: kindNames[kind] })
}

/** Why such a row is set aside, and what the agency can do. */
export function reasonOf(kind: PersonalKind): { readonly vi: string; readonly en: string } {
  const [vi, en] = ofOffices.has(kind)
    ? [', hoặc đề xuất trường này là liên hệ công vụ', ", or propose the field as an office's contact"]
    : ['', '']
  return {
    vi: `Có dấu hiệu dữ liệu cá nhân (${kindNames[kind].vi}); bỏ khỏi nguồn${vi}.`,
    en: `Seems to be personal data (${kindNames[kind].en}); take it out of the source${en}.`,
  }
}

/** As people call it, in both languages at once. */
export function nameOf(kind: PersonalKind): string {
  const { vi, en } = kindNames[kind]
  return vi === en ? vi : `${vi} / ${en}`
}

function sourceNames(resource: Pick<ManifestResource, 'fields'> | undefined, field: string): string[] {
  const mapping = resource?.fields[field]
  if (mapping === undefined || 'constant' in mapping) return []
  return ['column' in mapping ? mapping.column : mapping.path]
}

const texts: ReadonlySet<ValueKind> = new Set<ValueKind>(['text', 'url', 'json', 'bigInteger'])
const numbers: ReadonlySet<ValueKind> = new Set<ValueKind>(['integer', 'decimal', 'float'])

function isWatched({ field, meaning }: Column): boolean {
  return texts.has(field.kind) ? !isMeasure(field) : numbers.has(field.kind) && meaning.number !== undefined
}

/** What has a unit is counted or measured, however long it is. */
function isMeasure({ unit }: Field): boolean {
  return unit !== undefined
}

function kindOf({ field, meaning }: Column, text: string): PersonalKind | undefined {
  const kind = personalValue(field, meaning, text)
  return kind !== undefined && ofOffices.has(kind) && !isAnyones(field) ? undefined : kind
}

function personalValue(field: Field, meaning: ColumnMeaning, text: string): PersonalKind | undefined {
  const kind = personalIn(meaning, text)
  if (kind !== undefined) return kind
  if (field.kind === 'json') return personalMember(text)
  if (!field.list || meaning.number === undefined) return undefined
  // The items of an array as Postgres writes it.
  const items = text.split(/[{},"]+/)
  return items.map((item) => personalIn(meaning, item)).find((found) => found !== undefined)
}

/** Not said to be an office's, nor the key of another record: codes of enterprises look like telephone numbers. */
function isAnyones({ sensitivity, reference }: Field): boolean {
  return sensitivity === 'none' && reference === undefined
}

/** What an office has as well as a person, and may want to be known. */
const ofOffices: ReadonlySet<PersonalKind> = new Set<PersonalKind>(['PHONE', 'EMAIL', 'BANK_ACCOUNT', 'PLATE'])

const kindNames: Readonly<Record<PersonalKind, Wording>> = {
  CCCD: asWritten('CCCD'),
  CMND: asWritten('CMND'),
  PASSPORT: worded('passport number', 'số hộ chiếu'),
  HEALTH_CARD: worded('health insurance card', 'số thẻ BHYT'),
  PHONE: worded('phone number', 'số điện thoại'),
  EMAIL: asWritten('e-mail'),
  BANK_ACCOUNT: worded('bank account', 'số tài khoản'),
  PLATE: worded('number plate', 'biển số xe'),
  NAME_AND_BIRTH: worded('name and date of birth', 'họ tên và ngày sinh'),
}
