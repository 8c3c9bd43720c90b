import { earlierMark, type ChangeMark } from '../change-mark.js'
import type { Answer, Source, SourceObject } from '../driver.js'
import { linkFrom, PageTrail, refuseMissingRows } from '../page-trail.js'
import { explainedStatuses, resourceOf } from './answer-document.js'
import type { FhirOptions, FhirSelection } from './options.js'
import { refusePersonalType } from './resource-types.js'
import { readSearchBundle } from './search-bundle.js'
import { worded } from '../../../src/errors/wording.js'

/** Read once more: servers show a change a little after the time that they give it. */
const overlap = { seconds: 60, numbers: 0 }

/** Every match of a search, or those that changed since, page by page, as long as the server gives a next link. */
export async function* search(
  source: Source<FhirOptions>,
  selection: FhirSelection,
  since?: ChangeMark,
): AsyncGenerator<SourceObject> {
  const { resourceType } = selection
  refusePersonalType(resourceType)
  const trail = new PageTrail(worded('a FHIR searchset in pages', 'kết quả tìm kiếm FHIR chia thành trang'))
  let read = 0
  let total: number | undefined
  let url: URL | undefined = searchUrl(source.options, selection, since)
  while (url !== undefined) {
    trail.enter(url.href)
    const answer = await ask(source, url)
    trail.arrive(answer.url)
    const page = readSearchBundle(
      await resourceOf(answer, worded(`a search for ${resourceType}`, `kết quả tìm ${resourceType}`)),
      resourceType,
    )
    trail.read(page.resources)
    read += page.resources.length
    // A later page knows better when something was added in between.
    total = page.total ?? total
    yield* page.resources
    url = page.next === undefined ? undefined : linkFrom(page.next, answer.url, source.options.keepHost)
  }
  refuseMissingRows(read, total)
}

export function ask(source: Source<FhirOptions>, url: URL): Promise<Answer> {
  const own = url.origin === new URL(source.options.baseUrl).origin ? source.options.headers : {}
  const headers = { accept: 'application/fhir+json', ...own }
  return source.request(url, { headers, accept: explainedStatuses })
}

/** @param path below the base address, such as `metadata` or `Organization`. */
export function endpoint(options: FhirOptions, path: string): URL {
  return new URL(`${options.baseUrl.replace(/\/$/, '')}/${path}`)
}

function searchUrl(options: FhirOptions, selection: FhirSelection, since: ChangeMark | undefined): URL {
  const url = endpoint(options, selection.resourceType)
  url.searchParams.set('_count', String(selection.pageSize))
  // An estimate could not show that rows are missing.
  url.searchParams.set('_total', 'accurate')
  for (const [name, values] of Object.entries(selection.query)) {
    url.searchParams.delete(name)
    for (const value of [values].flat()) url.searchParams.append(name, value)
  }
  if (since !== undefined) url.searchParams.append('_lastUpdated', `gt${earlierMark(since, overlap)}`)
  return url
}
