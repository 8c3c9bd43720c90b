import { asGatewayError } from '../errors/as-gateway-error.js'
import { errorCodes, GatewayError } from '../errors/gateway-error.js'
import type { Bilingual } from '../records/schema/record-type.js'

/** A parameter that cannot be used: the answer says which one, why, and what is allowed instead. */
export function wrongParameter(
  parameter: string,
  message: string,
  allowed: Readonly<Record<string, unknown>>,
): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message, { extensions: { parameter, ...allowed } })
}

/** What a client is told, as RFC 9457 has it. */
export interface Problem {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const titles: Readonly<Record<number, Bilingual>> = {
  400: { en: 'Bad request', vi: 'Yêu cầu không đúng' },
  404: { en: 'Not found', vi: 'Không tìm thấy' },
  429: { en: 'Too many downloads', vi: 'Quá nhiều lượt tải cùng lúc' },
  500: { en: 'Internal error', vi: 'Lỗi của hệ thống' },
  503: { en: 'Not available', vi: 'Hiện chưa có để tải' },
  504: { en: 'Took too long', vi: 'Mất quá nhiều thời gian' },
}
const otherTitle: Bilingual = { en: 'Request refused', vi: 'Yêu cầu bị từ chối' }

/** Failures that say nothing to a client become one sentence. */
export function problemOf(failure: unknown): Problem {
  const error = asGatewayError(failure, 'The gateway could not make this file; try again later.')
  const { status } = errorCodes[error.code]
  const title = titles[status] ?? otherTitle
  const body = {
    type: 'about:blank',
    title: title.en,
    titleVi: title.vi,
    status,
    code: error.code,
    detail: error.message,
    detailVi: [title.vi, ...hints(error.extensions)].join('; ') + '.',
    ...error.extensions,
  }
  return { status, body }
}

/** What the members of a problem mean to a reader of Vietnamese: `detail` says the same in English, and why. */
const meanings: Readonly<Record<string, string>> = {
  parameter: 'tham số không dùng được',
  allowed: 'được phép',
  relations: 'quan hệ đi tiếp được',
  example: 'ví dụ',
  formats: 'các định dạng có',
  resources: 'các phần dữ liệu có',
  retryAfterSeconds: 'hãy thử lại sau số giây',
}

function hints(members: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(members).flatMap(([name, value]) => {
    const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined
    const shown = Array.isArray(value) ? value.join(', ') : String(value)
    return meaning === undefined || shown === '' ? [] : [`${meaning}: ${shown}`]
  })
}
