import type { Entry } from 'yauzl'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded, type Wording } from '../../../src/errors/wording.js'

const symbolicLink = 0o120000
const fileTypeMask = 0o170000

/** Refuses entries that could be read as something else than they seem. Throws a SourceFault. */
export function refuseUnsafe(entries: readonly Entry[], expected: Wording): void {
  const refuse = (detail: Wording): never => {
    throw new SourceFault('NOT_DATA', { expected, detail })
  }
  const names = new Set<string>()
  for (const entry of entries) {
    const name = entry.fileName.toLowerCase()
    if (names.has(name)) {
      refuse(worded(`the archive has ${entry.fileName} twice`, `tệp nén có hai ${entry.fileName}`))
    }
    names.add(name)
    if (entry.isEncrypted()) {
      refuse(worded(`${entry.fileName} is encrypted`, `${entry.fileName} bị mã hóa`))
    }
    if (((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink) {
      refuse(worded(`${entry.fileName} is a link`, `${entry.fileName} là một liên kết`))
    }
  }
  const inPlace = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  for (const [index, entry] of inPlace.entries()) {
    const next = inPlace[index + 1]
    const end = entry.relativeOffsetOfLocalHeader + entry.compressedSize
    if (next !== undefined && end > next.relativeOffsetOfLocalHeader) {
      refuse(
        worded(
          `${entry.fileName} and ${next.fileName} lie over each other`,
          `${entry.fileName} và ${next.fileName} chồng lên nhau`,
        ),
      )
    }
  }
}
