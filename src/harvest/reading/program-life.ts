import { rmSync } from 'node:fs'
import { setPriority } from 'node:os'

const aliveMs = 1_000
// Queries come first where there are fewer processors than work, and a third is left for this.
const belowQueries = 5
/** Said after the folder to a program whose work queries wait for, so that it is not to come after them. */
export const waitedFor = 'waited-for'

/**
 * How a program lives that reads what agencies give: below the priority of the process that answers queries, unless these wait for
 * it, with a sign of life each second, and no longer than whoever started it, however that ended. The folder of its files, its
 * first word, goes with it.
 */
export function liveBeside(alive: () => void): void {
  const [folder, urgency] = process.argv.slice(2)
  if (urgency !== waitedFor) setPriority(belowQueries)
  // However it ends: a sign of life that nobody takes any more ends it before it is told that it was left alone.
  process.on('exit', () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  })
  const end = (): void => {
    process.exit(0)
  }
  process.on('disconnect', end)
  // It was left alone while it was loaded, which nobody tells it any more.
  if (!process.connected) end()
  setInterval(alive, aliveMs).unref()
}
