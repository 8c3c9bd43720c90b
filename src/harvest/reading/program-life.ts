import { rmSync } from 'node:fs'
import { setPriority } from 'node:os'

const aliveMs = 1_000
// Queries come first where there are fewer processors than work, and a third is left for this.
const belowQueries = 5

/**
 * How a program lives that reads what agencies give: below the priority of the process that answers queries, with a sign of life
 * each second, and no longer than whoever started it, however that ended. `folder`: of its files, which go with it.
 */
export function liveBeside(alive: () => void, folder: () => string | undefined): void {
  setPriority(belowQueries)
  process.on('disconnect', () => {
    const left = folder()
    if (left !== undefined) rmSync(left, { recursive: true, force: true })
    process.exit(0)
  })
  setInterval(alive, aliveMs).unref()
}
