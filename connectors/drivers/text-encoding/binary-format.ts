const binaryFormats: readonly { readonly bytes: readonly number[]; readonly detail: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], detail: 'it is a zip archive or a workbook (.xlsx)' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], detail: 'it is an old Office file (.xls)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], detail: 'it is a PDF file' },
  { bytes: [0x1f, 0x8b], detail: 'it is a gzip archive' },
]

/** Why a file that begins so is no text, to be told before it is decoded; undefined when it may be. */
export function noTextSince(head: Uint8Array): string | undefined {
  if (head.length === 0) return 'it is empty'
  return binaryFormats.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))?.detail
}
