import { GatewayError } from '../../errors/gateway-error.js'
import { sql, type SqlFragment } from '../filters/sql-fragment.js'
import { storableText } from '../filters/text.js'

const maximumLength = 200

export interface DatasetSearch {
  /** All words must occur in a title, the code or a description, without regard to case and diacritics. */
  readonly conditions: readonly SqlFragment[]
  /** An int that is larger for a better match; a match in a title counts twice. */
  readonly relevance: SqlFragment
  readonly text: string
}

/** A search without a word is none. */
export function datasetSearch(search: string | null | undefined): DatasetSearch | undefined {
  const text = storableText(search ?? '').trim()
  if (text === '') return undefined
  if (text.length > maximumLength) {
    throw new GatewayError('BAD_USER_INPUT', `search must have at most ${maximumLength} characters.`)
  }
  const words = [...new Set(text.split(/\s+/))]
  const titles = sql`gateway.fold(d.title_vi || ' ' || d.title_en)`
  return {
    text,
    // The pattern is escaped after folding, which turns a full-width % into one.
    conditions: words.map((word) => sql`d.folded like '%' || gateway.like_escape(gateway.fold(${word})) || '%'`),
    relevance: sql`(1e6 * (2 * public.word_similarity(gateway.fold(${text}), ${titles})
      + public.word_similarity(gateway.fold(${text}), d.folded)))::int4`,
  }
}
