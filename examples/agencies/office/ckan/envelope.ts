import { createHash } from 'node:crypto'
import { RefusedQuery } from '../refused-query.js'

/** The portal's own address in its settings. The world may reach it under another one, so clients cannot rely on it. */
export interface PortalSite {
  readonly url: string
  readonly title: string
  readonly organisation: { readonly name: string; readonly title: string }
}

export function succeeded(site: PortalSite, action: string, result: unknown): string {
  return JSON.stringify({ help: helpUrl(site, action), success: true, result })
}

export function notFound(site: PortalSite, action: string, message: string): RefusedQuery {
  return refusal(404, site, action, { message, __type: 'Not Found Error' })
}

/** `problems`: by the name of the parameter. */
export function invalid(
  site: PortalSite,
  action: string,
  problems: Readonly<Record<string, readonly string[]>>,
): RefusedQuery {
  return refusal(409, site, action, { ...problems, __type: 'Validation Error' })
}

/** An id that is the same at every start. */
export function idOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

function refusal(status: number, site: PortalSite, action: string, error: object): RefusedQuery {
  return new RefusedQuery(status, JSON.stringify({ help: helpUrl(site, action), success: false, error }))
}

function helpUrl({ url }: PortalSite, action: string): string {
  return `${url}/api/3/action/help_show?name=${action}`
}
