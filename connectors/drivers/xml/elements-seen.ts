import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'

const mostShown = 8
const mostKept = 100

/** What a document has near the place of its rows, to tell "no rows today" from "the rows are somewhere else now". */
export class ElementsSeen {
  readonly #steps: readonly string[]
  readonly #paths = new Set<string>()
  readonly #siblings = new Map<string, number>()
  #hasPlace = false

  /** `steps`: the path of the rows. */
  constructor(steps: readonly string[]) {
    this.#steps = steps
  }

  /** An element that is no row; `path`: the names from the root to it, `matched`: how many of them are those of the rows. */
  see(path: readonly string[], matched: number): void {
    const beforeRow = this.#steps.length - 1
    if (path.length > this.#steps.length) return
    if (matched === beforeRow && path.length === beforeRow) this.#hasPlace = true
    if (this.#paths.size < mostKept) this.#paths.add(`/${path.join('/')}`)
    if (matched !== beforeRow || path.length !== this.#steps.length) return
    const name = path.at(-1) ?? ''
    if (this.#siblings.size < mostKept || this.#siblings.has(name)) {
      this.#siblings.set(name, (this.#siblings.get(name) ?? 0) + 1)
    }
  }

  /** Throws NOT_DATA when the absence of rows cannot mean that there are none. */
  demandPlace(): void {
    const others = [...this.#siblings.values()].some((count) => count > 1)
    if (this.#hasPlace && !others) return
    const paths = [...this.#paths]
    const deepestFirst = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
    const shown = deepestFirst.slice(0, mostShown).join(', ')
    const more = deepestFirst.length > mostShown ? ' …' : ''
    throw new SourceFault('NOT_DATA', {
      expected: worded(`XML with rows at /${this.#steps.join('/')}`, `XML có các dòng tại /${this.#steps.join('/')}`),
      detail: worded(`it has ${shown.slice(0, 400)}${more}`, `hiện có ${shown.slice(0, 400)}${more}`),
    })
  }
}
