import type pg from 'pg'
import type { ReferenceQuestion, ReferenceResolver } from '../../connectors/mapping/reference-resolver.js'
import { designationField, writtenOut } from '../../connectors/mapping/designated-names.js'
import { quote, recordTable } from '../../database/identifiers.js'
import type { RecordType } from '../../records/schema/record-type.js'

/** The field that says of what sort a record is. */
const kindField = 'kind'

/** Answers kept for one reading; a file that names more different things asks some of them again. */
const keptAnswers = 50_000

/**
 * Codes and names of published records (places above all) to keys. An answer is asked of the database once a reading; make
 * one for each, so that a reading sees what is published then.
 */
export class StoredReferences implements ReferenceResolver {
  readonly #pool: pg.Pool
  readonly #types: ReadonlyMap<string, RecordType>
  readonly #answers = new Map<string, Promise<string | undefined>>()

  constructor(pool: pg.Pool, types: ReadonlyMap<string, RecordType>) {
    this.#pool = pool
    this.#types = types
  }

  async resolve(question: ReferenceQuestion): Promise<string | undefined> {
    const { target, dataset, by, value, on, kinds } = question
    const id = JSON.stringify([target, dataset, by, value, on, kinds])
    const known = this.#answers.get(id)
    if (known !== undefined) return await known
    if (this.#answers.size >= keptAnswers) this.#answers.clear()
    const answer = this.#ask(question)
    this.#answers.set(id, answer)
    return await answer
  }

  async #ask(question: ReferenceQuestion): Promise<string | undefined> {
    const { target, by, value } = question
    const type = this.#types.get(target)
    const field = type === undefined ? undefined : comparedField(type, by)
    if (type === undefined || field === undefined) return undefined
    if (question.kinds !== undefined && !type.fields.some(({ name }) => name === kindField)) return undefined
    const column = `r.${quote(field)}`
    const exact = await this.#keys(type, question, `${column} = $3`, value)
    if (by === 'code' || exact.length > 0) return only(exact)
    const alike = await this.#keys(type, question, `gateway.fold(${column}) = gateway.fold($3)`, value)
    if (alike.length > 0 || !type.fields.some(({ name }) => name === designationField)) return only(alike)
    const whole = `gateway.fold(r.${quote(designationField)} || ' ' || ${column}) = gateway.fold($3)`
    return only(await this.#keys(type, question, whole, writtenOut(value)))
  }

  async #keys(
    type: RecordType,
    { dataset, on, kinds }: ReferenceQuestion,
    condition: string,
    value: string,
  ): Promise<string[]> {
    // The day is always compared, so that the statement has the same parameters for dated types and others.
    const valid =
      type.validity === undefined
        ? '$2::date is not null'
        : `coalesce(r.${quote(type.validity.from)} <= $2::date, true) and coalesce(r.${quote(type.validity.to)} >= $2::date, true)`
    const { rows } = await this.#pool.query<{ key: string }>(
      `select r._key as key from ${recordTable(type.code)} r join gateway.dataset d on d.id = r._dataset
       where d.code = $1 and ${valid} and ${condition}${kinds === undefined ? '' : ` and r.${quote(kindField)} = any ($4)`} limit 2`,
      [dataset, on, value, ...(kinds === undefined ? [] : [kinds])],
    )
    return rows.map((row) => row.key)
  }
}

/** What fits twice is not guessed. */
function only(keys: readonly string[]): string | undefined {
  return keys.length === 1 ? keys[0] : undefined
}

function comparedField(type: RecordType, by: 'code' | 'name'): string | undefined {
  const named = type.fields.find((field) => field.name === by)?.name
  return named ?? (by === 'code' ? type.primaryKey[0] : undefined)
}
