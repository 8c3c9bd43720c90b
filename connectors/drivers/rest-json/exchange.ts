import type { Answer, Source, SourceValue } from '../driver.js'
import type { RestJsonOptions, RestJsonSelection } from './options.js'

/** One parsed answer of the service. */
export interface Reply {
  readonly document: SourceValue
  /** Where it came from, after redirects: relative links in it count from here. */
  readonly url: string
  header(name: string): string | undefined
}

export interface Question {
  readonly parameters?: Readonly<Record<string, string | number | readonly string[]>>
  /** Where the parameters go; the query when left out. */
  readonly in?: 'query' | 'body'
  /** What asks only for changes, wherever the parameters go. */
  readonly since?: { readonly name: string; readonly value: string; readonly in: 'query' | 'body' } | undefined
  /** The keys, encoded and joined, that stand for `{keys}` in the address. */
  readonly keys?: string
  /** Appended to the query as it is: keys whose separators must not be encoded. */
  readonly encodedQuery?: string
  readonly accept?: readonly number[]
}

type Place = Pick<RestJsonSelection, 'path' | 'query'>

/** Asks the service itself. */
export async function ask(source: Source<RestJsonOptions>, place: Place, question: Question = {}): Promise<Answer> {
  const { options } = source
  const inBody = question.in === 'body'
  const url = new URL(address(options, place).replaceAll('{keys}', question.keys ?? ''))
  const { since } = question
  const changes = since === undefined ? {} : { [since.name]: since.value }
  const query = {
    ...options.query,
    ...place.query,
    ...(inBody ? {} : question.parameters),
    ...(since?.in === 'query' && changes),
  }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  if (question.encodedQuery !== undefined) url.search += `${url.search === '' ? '?' : '&'}${question.encodedQuery}`
  return source.request(url, {
    method: options.method,
    headers: headersFor(url, options),
    ...(options.method === 'POST' && {
      body: bodyOf(options, { ...(inBody && question.parameters), ...(since?.in === 'body' && changes) }),
    }),
    ...(question.accept && { accept: question.accept }),
  })
}

/** Asks where a link of the service leads. The guard of `source` judges the address anew. */
export async function follow(source: Source<RestJsonOptions>, link: URL): Promise<Answer> {
  return source.request(link, { headers: headersFor(link, source.options) })
}

export async function replyOf(answer: Answer): Promise<Reply> {
  return { document: await answer.json(), url: answer.url, header: (name) => answer.header(name) }
}

/** The service's address with the resource's path appended, before `{keys}` is filled in. */
export function address(options: RestJsonOptions, place: Place): string {
  if (place.path === undefined) return options.url
  const [base = '', query] = options.url.split('?', 2)
  const whole = place.path.startsWith('?')
    ? `${base}${place.path}`
    : `${base.replace(/\/$/, '')}/${place.path.replace(/^\//, '')}`
  return query === undefined ? whole : `${whole}${whole.includes('?') ? '&' : '?'}${query}`
}

/** The manifest's own headers may hold a secret, so they do not go to a host that only a link named. */
function headersFor(url: URL, options: RestJsonOptions): Record<string, string> {
  const own = url.origin === new URL(options.url.replaceAll('{keys}', '')).origin ? options.headers : {}
  return {
    accept: 'application/json',
    ...(options.method === 'POST' && { 'content-type': 'application/json' }),
    ...own,
  }
}

function bodyOf(options: RestJsonOptions, parameters: Question['parameters']): string {
  return JSON.stringify({ ...options.body, ...parameters })
}
