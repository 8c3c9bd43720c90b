import { worded, type Wording } from '../../../src/errors/wording.js'

const binaryFormats: readonly { readonly bytes: readonly number[]; readonly detail: Wording }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    detail: worded('it is a zip archive or a workbook (.xlsx)', 'là tệp nén zip hoặc bảng tính (.xlsx)'),
  },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], detail: worded('it is an old Office file (.xls)', 'là tệp Office cũ (.xls)') },
  { bytes: [0x25, 0x50, 0x44, 0x46], detail: worded('it is a PDF file', 'là tệp PDF') },
  { bytes: [0x1f, 0x8b], detail: worded('it is a gzip archive', 'là tệp nén gzip') },
]

/** Why a file that begins so is no text, to be told before it is decoded; undefined when it may be. */
export function noTextSince(head: Uint8Array): Wording | undefined {
  if (head.length === 0) return worded('it is empty', 'không có nội dung')
  return binaryFormats.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))?.detail
}
