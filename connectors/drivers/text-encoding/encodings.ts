/** How the bytes of a text file become characters. A byte-order mark in the file wins over what is declared. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1258',
  'windows-1252',
  'latin1',
  'tcvn5712',
] as const
export type Encoding = (typeof encodings)[number]
