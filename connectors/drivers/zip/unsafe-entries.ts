import type { Entry } from 'yauzl'
import { SourceFault } from '../../../src/errors/source-fault.js'

const symbolicLink = 0o120000
const fileTypeMask = 0o170000

/** Refuses entries that could be read as something else than they seem. Throws a SourceFault. */
export function refuseUnsafe(entries: readonly Entry[], expected: string): void {
  const refuse = (detail: string): never => {
    throw new SourceFault('NOT_DATA', { expected, detail })
  }
  const names = new Set<string>()
  for (const entry of entries) {
    const name = entry.fileName.toLowerCase()
    if (names.has(name)) refuse(`the archive has ${entry.fileName} twice`)
    names.add(name)
    if (entry.isEncrypted()) refuse(`${entry.fileName} is encrypted`)
    if (((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink) refuse(`${entry.fileName} is a link`)
  }
  const inPlace = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  for (const [index, entry] of inPlace.entries()) {
    const next = inPlace[index + 1]
    const end = entry.relativeOffsetOfLocalHeader + entry.compressedSize
    if (next !== undefined && end > next.relativeOffsetOfLocalHeader) {
      refuse(`${entry.fileName} and ${next.fileName} lie over each other`)
    }
  }
}
