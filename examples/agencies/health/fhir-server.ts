import { resources, type ResourceType, type StoredResource } from './fhir-resources.js'

export interface JsonAnswer {
  readonly status: number
  readonly body: unknown
}

/** As many as a page may have, whatever is asked for. */
const largestPage = 100
const usualPage = 50

/** Answers GET below `/fhir`: the capability statement, one resource, or a search in pages. */
export function answerFhir(url: URL): JsonAnswer {
  const [type = '', id, ...rest] = url.pathname.split('/').slice(2)
  if (type === 'metadata' && id === undefined) return { status: 200, body: capabilityStatement }
  if (!isResourceType(type) || rest.length > 0)
    return failure(404, 'not-supported', `There is no ${type || 'resource'} here.`)
  if (id === undefined) return search(type, url)
  const found = resources[type].find((resource) => resource.id === id)
  if (found === undefined) return failure(404, 'not-found', `${type}/${id} is not known`)
  return { status: 200, body: found.body }
}

function search(type: ResourceType, url: URL): JsonAnswer {
  const count = wholeNumber(url.searchParams.get('_count'), usualPage)
  const start = wholeNumber(url.searchParams.get('_offset'), 0)
  if (count === undefined || start === undefined) return failure(400, 'invalid', '_count must be a whole number')
  const size = Math.min(count, largestPage)
  const matches = resources[type].filter((resource) => isMatch(resource, url.searchParams))
  const page = matches.slice(start, start + size)
  const link = [{ relation: 'self', url: url.href }]
  if (size > 0 && start + size < matches.length) link.push({ relation: 'next', url: pageUrl(url, start + size) })
  const entry = page.map(({ id, body }) => ({
    fullUrl: `${url.origin}/fhir/${type}/${id}`,
    resource: body,
    search: { mode: 'match' },
  }))
  const ignored = ignoredParameters(type, url.searchParams)
  const warnings =
    ignored.length === 0 || start > 0 ? [] : [warning(`not supported and ignored: ${ignored.join(', ')}`)]
  const body = {
    resourceType: 'Bundle',
    type: 'searchset',
    total: matches.length,
    link,
    entry: [...entry, ...warnings],
  }
  return { status: 200, body }
}

/** Parameters are joined by and, the values of one (`a,b`) by or; a value is `code`, `system|code` or `system|`. */
function isMatch(resource: StoredResource, parameters: URLSearchParams): boolean {
  for (const [name, value] of parameters) {
    const has = name === '_id' ? [{ system: '', code: resource.id }] : resource.tokens[name]
    if (has === undefined) continue
    const wanted = value.split(',').map((token) => token.split('|'))
    const fits = wanted.some(([first = '', second]) =>
      has.some(({ system, code }) => {
        if (second === undefined) return code === first
        return system === first && (second === '' || code === second)
      }),
    )
    if (!fits) return false
  }
  return true
}

function ignoredParameters(type: ResourceType, parameters: URLSearchParams): string[] {
  const known = new Set(['_id', '_count', '_offset', '_total', '_format', ...searchParameters[type]])
  return [...new Set(parameters.keys())].filter((name) => !known.has(name))
}

const searchParameters: Readonly<Record<ResourceType, readonly string[]>> = {
  Organization: ['active', 'type'],
  Location: ['status', 'type'],
  HealthcareService: ['active', 'service-category', 'service-type'],
}

function isResourceType(type: string): type is ResourceType {
  return Object.hasOwn(resources, type)
}

function pageUrl(url: URL, offset: number): string {
  const next = new URL(url)
  next.searchParams.set('_offset', String(offset))
  return next.href
}

function wholeNumber(text: string | null, otherwise: number): number | undefined {
  if (text === null) return otherwise
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

function warning(diagnostics: string): object {
  const resource = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'warning', code: 'not-supported', diagnostics }],
  }
  return { resource, search: { mode: 'outcome' } }
}

function failure(status: number, code: string, diagnostics: string): JsonAnswer {
  return { status, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] } }
}

const capabilityStatement = {
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2025-06-30',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  implementation: { description: 'Sở Y tế tỉnh Bình Định (dữ liệu mẫu)' },
  rest: [
    {
      mode: 'server',
      resource: Object.entries(searchParameters).map(([type, names]) => ({
        type,
        interaction: [{ code: 'read' }, { code: 'search-type' }],
        searchParam: names.map((name) => ({ name, type: 'token' })),
      })),
    },
  ],
}
