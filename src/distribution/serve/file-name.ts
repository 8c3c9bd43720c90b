/** `attachment` with a file name, by RFC 6266: plain ASCII for old programs, and UTF-8 for the others. */
export function contentDisposition(name: string): string {
  const ascii = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/[^\w.() -]/g, '_')
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`
}

function percent(character: string): string {
  return `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`
}

/** `primary-schools_schools_v3_2025-06-30.csv`: what, in which version, read from its source on which day. */
export function fileName(parts: {
  readonly dataset: string
  readonly resource: string
  readonly version: number | undefined
  readonly day: string | undefined
  readonly extension: string
}): string {
  const { dataset, resource, version, day, extension } = parts
  const words = [dataset, resource, version === undefined ? undefined : `v${version}`, day]
  return `${words.filter((word) => word !== undefined).join('_')}.${extension}`
}
