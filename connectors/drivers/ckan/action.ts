import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import type { Answer, Source, SourceObject, SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import type { CkanOptions } from './options.js'

/** Statuses with which a portal explains in the body what was wrong with the question. */
const explainedStatuses = [400, 401, 403, 404, 409]
const longestExplanation = 200
const expected = worded('the answer of a CKAN action', 'trả lời của một lệnh CKAN')

/** An action of the portal, and what it is asked for in words that a fault can say. */
export interface Question {
  readonly action: keyof CkanOptions['actions']
  readonly parameters: Readonly<Record<string, string>>
  readonly about: Wording
}

export function actionUrl(
  { endpoint, actions }: CkanOptions,
  { action, parameters }: Pick<Question, 'action' | 'parameters'>,
): URL {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}${actions[action]}`)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

/** The `result` of an action. Throws a SourceFault when the portal refuses, also when it does so with status 200. */
export async function resultOf(source: Source<CkanOptions>, question: Question): Promise<SourceValue> {
  const url = actionUrl(source.options, question)
  const answer = await source.request(url, { headers: { accept: 'application/json' }, accept: explainedStatuses })
  const envelope = await envelopeOf(answer)
  if (envelope !== undefined && answer.status < 300 && envelope['success'] === true) {
    if (envelope['result'] === undefined) throw notAnAction(worded('it has no result', 'không có kết quả (result)'))
    return envelope['result']
  }
  throw refusal(answer, envelope, question)
}

/** Undefined: what came with an error status is no envelope (a proxy's page); then the status says all there is. */
async function envelopeOf(answer: Answer): Promise<SourceObject | undefined> {
  try {
    const document = await answer.json()
    if (isSourceObject(document) && 'success' in document) return document
  } catch (error) {
    if (answer.status < 300 || !(error instanceof SourceFault) || error.code !== 'NOT_DATA') throw error
  }
  if (answer.status >= 300) return undefined
  throw notAnAction(
    worded(
      'there is no `success` in it; see the options endpoint and actions',
      'không có `success`; xem lại endpoint và actions trong options',
    ),
  )
}

function refusal(answer: Answer, envelope: SourceObject | undefined, { about }: Question): SourceFault {
  const error = envelope?.['error']
  const type = isSourceObject(error) ? error['__type'] : undefined
  const said = explanationOf(error)
  const { host, pathname } = new URL(answer.url)
  if (type === 'Authorization Error' || answer.status === 401 || answer.status === 403) {
    // The word is read by whoever set the credentials up; a "Bearer" before the token is what goes wrong most.
    const status = answer.status < 300 ? 403 : answer.status
    return new SourceFault('UNAUTHORISED', {
      status: worded(
        `${status}; CKAN wants the API token alone, without "Bearer", in the header Authorization`,
        `${status}; CKAN cần riêng mã API token, không có "Bearer", trong tiêu đề Authorization`,
      ),
    })
  }
  if (type === 'Not Found Error' || answer.status === 404) {
    const place =
      envelope === undefined
        ? worded(
            `${host}${pathname}: is that an action of a CKAN portal?`,
            `${host}${pathname}: đó có phải là lệnh của một cổng CKAN không?`,
          )
        : worded(`${host}: ${about.en}`, `${host}: ${about.vi}`)
    return new SourceFault('NOT_FOUND', { what: place })
  }
  if (type === 'Validation Error' || answer.status === 409 || answer.status === 400) {
    return new SourceFault('MAPPING', {
      detail: worded(
        `the portal does not accept the question for ${about.en}: ${said.en}`,
        `cổng dữ liệu không nhận yêu cầu về ${about.vi}: ${said.vi}`,
      ),
    })
  }
  return notAnAction(worded(`an error for ${about.en}: ${said.en}`, `lỗi khi hỏi ${about.vi}: ${said.vi}`))
}

/** `{message, __type}`, or lists of messages by the name of the parameter that is wrong. */
function explanationOf(error: SourceValue | undefined): Wording {
  const texts = isSourceObject(error)
    ? Object.entries(error).flatMap(([name, value]) =>
        name.startsWith('__') ? [] : [name === 'message' ? textOf(value) : `${name}: ${textOf(value)}`],
      )
    : [textOf(error ?? null)]
  const whole = texts
    .filter((text) => text !== '')
    .join('; ')
    .replaceAll(/\s+/g, ' ')
  if (whole === '') return worded('it does not say why', 'không nêu lý do')
  return asWritten(whole.length <= longestExplanation ? whole : `${whole.slice(0, longestExplanation - 1)}…`)
}

function textOf(value: SourceValue): string {
  if (isSourceList(value)) return value.map(textOf).join(', ')
  return typeof value === 'string' ? value.trim() : ''
}

function notAnAction(detail: Wording): SourceFault {
  return new SourceFault('NOT_DATA', { expected, detail })
}
