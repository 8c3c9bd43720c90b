/** A record type as the rest of the program sees it: parsed from a Table Schema file, closed, and checked against the others. */
export interface RecordType {
  /** The GraphQL type: `School`. */
  readonly code: string
  /** The root field and the usual reverse field: `schools`. */
  readonly plural: string
  /** The root field for one record: `school`. */
  readonly singular: string
  readonly theme: string | undefined
  /** The standard or form that the list of fields follows, as the schema file says it. */
  readonly follows: string | undefined
  readonly title: Bilingual
  readonly description: Bilingual
  readonly fields: readonly Field[]
  /** Names of fields; their values, escaped and joined by `~`, are the record's `key`. */
  readonly primaryKey: readonly string[]
  /** The fields that say from and until when (inclusive; null is open) the thing existed in the world. */
  readonly validity: { readonly from: string; readonly to: string } | undefined
  /** The WGS 84 coordinates in degrees that `near` and `distance` use. */
  readonly location: { readonly latitude: string; readonly longitude: string } | undefined
}

export interface Bilingual {
  readonly vi: string
  readonly en: string
}

/**
 * text, url, code: string in JSON; integer: 32 bit; bigInteger and decimal: strings in JSON; float: finite double;
 * date: YYYY-MM-DD; dateTime: an instant.
 */
export type ValueKind =
  'text' | 'url' | 'code' | 'integer' | 'bigInteger' | 'decimal' | 'float' | 'boolean' | 'date' | 'dateTime' | 'json'

export interface Field {
  readonly name: string
  readonly kind: ValueKind
  /** A list of such values (Table Schema `array`). */
  readonly list: boolean
  /** Only when `kind` is `code`. */
  readonly codeList: CodeList | undefined
  /** The field is a foreign key: its value is (or its values are) the `key` of records of another type. */
  readonly reference: Reference | undefined
  readonly required: boolean
  readonly title: Bilingual
  readonly description: Bilingual | undefined
  /** As it is written in the schema: `VND`, `km`, `people`. */
  readonly unit: string | undefined
  /** Has an index that serves `orderBy` and ranges. */
  readonly ordered: boolean
  /** Is part of the text that `search` reads, and has a trigram index for `contains`. */
  readonly searched: boolean
  readonly constraints: Constraints
  /**
   * `officialContact`: contact data of a body or of someone in their public function (a school's telephone number), which looks
   * like personal data and is meant to be public. `none` otherwise.
   */
  readonly sensitivity: 'none' | 'officialContact'
  readonly deprecated: string | undefined
}

export interface Constraints {
  readonly minimum: string | undefined
  readonly maximum: string | undefined
  readonly minLength: number | undefined
  readonly maxLength: number | undefined
  readonly pattern: string | undefined
}

export interface Reference {
  /** Code of the record type that is referred to. */
  readonly target: string
  /** The dataset that the target record is in: its code, or `same` for the dataset of the referring record. */
  readonly dataset: string
  readonly cardinality: 'one' | 'many'
  /** The field on the far side; undefined: there is none. */
  readonly reverse: string | undefined
}

export interface CodeList {
  /** The GraphQL enum: `SchoolLevel`. */
  readonly code: string
  readonly title: Bilingual
  readonly values: readonly { readonly value: string; readonly label: Bilingual }[]
}

/** All record types and code lists that are public now. A change makes a new one: a reader holds on to the one it began with. */
export interface RecordTypes {
  /** Grows by one with each change. */
  readonly revision: number
  readonly types: ReadonlyMap<string, RecordType>
  readonly codeLists: ReadonlyMap<string, CodeList>
  /** Fields on the far side of references, by the code of the type that has them. */
  reverseOf(target: string): readonly ReverseField[]
}

export interface ReverseField {
  /** The field's name on the target type: `schools`. */
  readonly name: string
  /** The type that refers. */
  readonly type: RecordType
  /** Its foreign key. */
  readonly field: Field
  /**
   * At most one record refers (the foreign key is the whole primary key and its dataset is one): the field is a record,
   * not a connection, such as `HealthFacility.freeBeds`.
   */
  readonly single: boolean
}
