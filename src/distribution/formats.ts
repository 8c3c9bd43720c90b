/** The formats that every resource can be downloaded in, by the extension in its address. */
export const downloadFormats = {
  csv: { mediaType: 'text/csv; charset=utf-8' },
  json: { mediaType: 'application/json; charset=utf-8' },
  ndjson: { mediaType: 'application/x-ndjson; charset=utf-8' },
  xml: { mediaType: 'application/xml; charset=utf-8' },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  geojson: { mediaType: 'application/geo+json; charset=utf-8' },
} as const satisfies Record<string, { readonly mediaType: string }>

export type DownloadFormat = keyof typeof downloadFormats

export const formatNames = ['csv', 'json', 'ndjson', 'xml', 'xlsx', 'geojson'] as const satisfies DownloadFormat[]

export function isDownloadFormat(name: string): name is DownloadFormat {
  return Object.hasOwn(downloadFormats, name)
}

/** Where a download is, relative to the root of the gateway. */
export function downloadPath(dataset: string, resource: string, extension: string): string {
  return `/datasets/${encodeURIComponent(dataset)}/${encodeURIComponent(resource)}.${extension}`
}
