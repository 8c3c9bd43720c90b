import type { SiteDocument } from '../site.js'
import type { PortalSite } from './envelope.js'
import { uploadId } from './package-show.js'
import type { PortalDataset, Upload } from './portal-dataset.js'

/** The page on which people see a dataset. */
export function datasetPage(site: PortalSite, dataset: PortalDataset): SiteDocument {
  return {
    path: `/dataset/${dataset.name}`,
    title: `CKAN: ${dataset.title}`,
    contentType: 'text/html; charset=utf-8',
    withoutETag: true,
    body: () => `<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8" />
<meta name="generator" content="ckan 2.10.4" />
<title>${escaped(dataset.title)} - Bộ dữ liệu - ${escaped(site.title)}</title>
</head>
<body>
<h1>${escaped(dataset.title)}</h1>
<p>${escaped(dataset.notes)}</p>
<p>Mọi dữ liệu ở đây đều là dữ liệu giả định. / All data here is made up.</p>
<h2>Dữ liệu và tài nguyên</h2>
<ul class="resource-list">
${dataset.uploads.map((upload) => resourceItem(dataset, upload)).join('\n')}
</ul>
<p>${dataset.tags.map((tag) => `<span class="tag">${escaped(tag)}</span>`).join(' ')}</p>
<p>${escaped(site.organisation.title)} · Creative Commons Attribution · ${dataset.modified.slice(0, 10)}</p>
</body>
</html>
`,
  }
}

/** Only what is in the DataStore can be looked at; the sample keeps no files. */
function resourceItem(dataset: PortalDataset, upload: Upload): string {
  const name = `${escaped(upload.name)} <span class="format-label">${upload.format}</span>`
  if (upload.rows === undefined) return `<li class="resource-item">${name}</li>`
  const rows = `/api/3/action/datastore_search?resource_id=${uploadId(dataset, upload)}`
  return `<li class="resource-item"><a href="${rows}">${name}</a></li>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
