import { rmSync } from 'node:fs'
import { setPriority } from 'node:os'

const aliveMs = 1_000
// Queries come first where there are fewer processors than work, and a third is left for this.
const belowQueries = 5

/**
 * How a program lives that reads what agencies give: below the priority of the process that answers queries, with a sign of life
 * each second, and no longer than whoever started it, however that ended. The folder of its files, its first word, goes with it.
 */
export function liveBeside(alive: () => void): void {
  setPriority(belowQueries)
  // However it ends: a sign of life that nobody takes any more ends it before it is told that it was left alone.
  process.on('exit', () => {
    const [folder] = process.argv.slice(2)
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
