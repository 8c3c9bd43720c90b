import { downloadPath } from '../../distribution/formats.js'
import type { HomeDataset, HomeResource } from './home-data.js'
import type { Texts } from './home-texts.js'
import { html, type Html } from './html.js'

const formatTitles: Readonly<Record<string, string>> = { xlsx: 'Excel', geojson: 'GeoJSON' }

/**
 * The files of a resource. They are folded away: on the whole page there are more than a thousand, which nobody who goes by
 * keyboard should have to pass.
 */
export function renderDownloads(dataset: HomeDataset, resource: HomeResource, text: Texts): Html {
  const files = resource.downloads.map(
    ({ format, url, bytes }) =>
      html`<li>
        <a href="${url}" download>${formatTitles[format] ?? format.toUpperCase()}</a>
        ${bytes === null ? undefined : html`<span class="meta">${fileSize(bytes, text)}</span>`}
      </li>`,
  )
  const packagePath = `/datasets/${encodeURIComponent(dataset.code)}/datapackage.json`
  return html`<details class="downloads">
    <summary>${text.downloads}</summary>
    <ul aria-label="${text.downloadsOf(resource.name)}">
      ${files}
    </ul>
    <p class="meta">
      ${text.described}: <a href="${packagePath}">datapackage.json</a>
      <a href="${downloadPath(dataset.code, resource.name, 'xsd')}">XSD</a>
    </p>
  </details>`
}

const sizeUnits = [
  { unit: 'gigabyte', bytes: 1e9 },
  { unit: 'megabyte', bytes: 1e6 },
  { unit: 'kilobyte', bytes: 1e3 },
] as const

/** `1,2 MB`, `340 kB`. */
function fileSize(bytes: number, { locale }: Pick<Texts, 'locale'>): string {
  const fitting = sizeUnits.find((each) => bytes >= each.bytes) ?? { unit: 'byte', bytes: 1 }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: fitting.unit,
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / fitting.bytes)
}
