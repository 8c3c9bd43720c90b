import type { SiteDocument } from '../site.js'
import { datasetPage } from './dataset-page.js'
import { searchedRows } from './datastore-search.js'
import { idOf, invalid, notFound, succeeded, type PortalSite } from './envelope.js'
import { shownPackage, uploadId } from './package-show.js'
import { loadTable, type PortalDataset, type Table } from './portal-dataset.js'

type Answer = (query: URLSearchParams) => unknown

/** What a CKAN portal answers to who only reads: a page for each of these datasets, and four actions of its API. */
export function ckanPortal(site: PortalSite, datasets: readonly PortalDataset[]): SiteDocument[] {
  const tables = new Map(
    datasets.flatMap((dataset) =>
      dataset.uploads.flatMap((upload) =>
        upload.rows === undefined ? [] : [[uploadId(dataset, upload), loadedOnce(upload.rows)] as const],
      ),
    ),
  )
  const [firstTable = ''] = tables.keys()
  const action = (name: string, title: string, example: string, answer: Answer): SiteDocument => ({
    path: `/api/3/action/${name}`,
    title: `CKAN: ${title}`,
    contentType: 'application/json;charset=utf-8',
    example,
    withoutETag: true,
    body: (query) => succeeded(site, name, answer(query)),
  })
  return [
    ...datasets.map((dataset) => datasetPage(site, dataset)),
    action('status_show', 'về cổng dữ liệu', '', () => statusOf(site)),
    action('package_list', 'các bộ dữ liệu', '', () => datasets.map(({ name }) => name).sort()),
    action('package_show', 'một bộ dữ liệu', `?id=${datasets[0]?.name ?? ''}`, (query) => {
      const wanted = query.get('id') ?? query.get('name_or_id')
      if (wanted === null || wanted === '') throw invalid(site, 'package_show', { name_or_id: ['Missing value'] })
      const found = datasets.find(({ name }) => name === wanted || idOf(name) === wanted)
      if (found === undefined) throw notFound(site, 'package_show', 'Không tìm thấy')
      return shownPackage(site, found)
    }),
    action('datastore_search', 'các dòng của một tài nguyên', `?resource_id=${firstTable}&limit=5`, (query) =>
      searchedRows(site, tables, query),
    ),
  ]
}

function statusOf({ url, title }: PortalSite): object {
  return {
    ckan_version: '2.10.4',
    site_url: url,
    site_description: '',
    site_title: title,
    error_emails_to: null,
    locale_default: 'vi',
    extensions: ['datastore', 'datapusher', 'text_view', 'datatables_view'],
  }
}

function loadedOnce(rows: () => readonly object[]): () => Table {
  let loaded: Table | undefined
  return () => (loaded ??= loadTable(rows()))
}
