import type { SaxesTagNS } from 'saxes'
import { ElementNames } from './element-names.js'
import type { DocumentReader } from './parse-document.js'

/** Elements that are looked at before the outline is taken for that of the whole document. */
const mostElements = 100_000
const mostPaths = 2_000

/** An element that may be a row, and what within it comes several times. */
export interface RowCandidate {
  /** From the root. */
  readonly rows: string
  /** From the row. */
  readonly lists: string[]
}

/** Which elements repeat in a document. Names are without namespaces. Hands itself over once it has seen enough. */
export class DocumentOutline implements DocumentReader<DocumentOutline> {
  readonly #names = new ElementNames({})
  readonly #facts = new Map<string, PathFacts>()
  readonly #open: OpenElement[] = []
  #elements = 0

  open(tag: SaxesTagNS): void {
    this.#elements += 1
    const { name, attributes } = this.#names.opened(tag)
    const parent = this.#open.at(-1)
    const path = `${parent?.path ?? ''}/${name}`
    const facts = this.#factsOf(path, parent?.path)
    this.#open.push({ path, children: new Map() })
    if (facts === undefined) return
    const times = (parent?.children.get(name) ?? 0) + 1
    parent?.children.set(name, times)
    facts.count += 1
    facts.mostInParent = Math.max(facts.mostInParent, times)
    facts.hasParts ||= attributes.length > 0
  }

  close(): void {
    this.#open.pop()
  }

  take(): readonly DocumentOutline[] {
    return this.#elements > mostElements ? [this] : []
  }

  get hasRoot(): boolean {
    return this.#elements > 0
  }

  /** The lists of the document, the longest first; of a document without any, the one element that has the most columns. */
  candidates(): RowCandidate[] {
    const repeated = this.#outermost((facts) => facts.mostInParent > 1 && facts.hasParts)
    const found = repeated.length > 0 ? repeated : this.#outermost((facts) => facts.mostInParent > 1)
    const rows = found.length > 0 ? found : this.#fullest()
    return rows
      .sort((one, other) => other.count - one.count)
      .map(({ path }) => ({ rows: path, lists: this.#listsWithin(path) }))
  }

  #factsOf(path: string, parent: string | undefined): PathFacts | undefined {
    const known = this.#facts.get(path)
    if (known !== undefined) return known
    if (this.#facts.size >= mostPaths) return undefined
    const facts = { path, count: 0, mostInParent: 0, hasParts: false, children: 0 }
    this.#facts.set(path, facts)
    const above = parent === undefined ? undefined : this.#facts.get(parent)
    if (above !== undefined) {
      above.hasParts = true
      above.children += 1
    }
    return facts
  }

  #outermost(isOne: (facts: PathFacts) => boolean): PathFacts[] {
    const all = [...this.#facts.values()].filter(isOne)
    return all.filter(({ path }) => !all.some((other) => path.startsWith(`${other.path}/`)))
  }

  #fullest(): PathFacts[] {
    const [fullest] = [...this.#facts.values()].sort((one, other) => other.children - one.children)
    return fullest === undefined ? [] : [fullest]
  }

  #listsWithin(row: string): string[] {
    return [...this.#facts.values()]
      .filter(({ path, mostInParent }) => mostInParent > 1 && path.startsWith(`${row}/`))
      .map(({ path }) => path.slice(row.length + 1))
  }
}

interface PathFacts {
  readonly path: string
  count: number
  mostInParent: number
  /** It has elements or attributes. */
  hasParts: boolean
  /** Different ones. */
  children: number
}

interface OpenElement {
  readonly path: string
  /** How often each name came so far. */
  readonly children: Map<string, number>
}
