import { open } from 'node:fs/promises'
import type { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import { unreadable, ZipArchive } from '../zip/zip-archive.js'

const expected = asWritten('XLSX')

/** The archive that a workbook is. Close it in any case. Throws a SourceFault when it is none, an older format too. */
export async function openArchive(path: string, signal: AbortSignal): Promise<ZipArchive> {
  await refuseOldWorkbook(path)
  return await ZipArchive.open(path, { expected, signal })
}

export function notWorkbook(detail: Wording, cause?: unknown): SourceFault {
  return unreadable(expected, detail, cause)
}

async function refuseOldWorkbook(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    if (bytesRead === 4 && buffer.readUInt32BE() === 0xd0cf11e0) {
      throw notWorkbook(
        worded(
          'it is an old .xls or a workbook with a password; save it as .xlsx without one',
          'là tệp .xls cũ hoặc có mật khẩu; hãy lưu thành .xlsx không mật khẩu',
        ),
      )
    }
  } finally {
    await file.close()
  }
}
