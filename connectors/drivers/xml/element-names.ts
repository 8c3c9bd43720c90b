import type { SaxesAttributeNS, SaxesTagNS } from 'saxes'
import { composed } from '../../../src/records/schema/plain-text.js'

const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance'

/** An element as it begins, in the names that a manifest uses. */
export interface OpenedElement {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  /** `xsi:nil`: its value is not there, which is something else than empty. */
  readonly isNil: boolean
}

/** How names of a document are written: with the prefixes of the manifest, whichever prefixes the document has for them. */
export class ElementNames {
  readonly #prefixes: ReadonlyMap<string, string>

  /** `namespaces`: from prefix to namespace. */
  constructor(namespaces: Readonly<Record<string, string>>) {
    this.#prefixes = new Map(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]))
  }

  opened(tag: SaxesTagNS): OpenedElement {
    const attributes: [string, string][] = []
    let isNil = false
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.uri === instanceNamespace && attribute.local === 'nil') isNil = isTrue(attribute)
      const name = this.#attributeName(attribute)
      if (name !== undefined) attributes.push([name, composed(attribute.value)])
    }
    return { name: this.elementName(tag), attributes, isNil }
  }

  elementName({ uri, local }: { readonly uri: string; readonly local: string }): string {
    const prefix = uri === '' ? undefined : this.#prefixes.get(uri)
    return composed(prefix === undefined ? local : `${prefix}:${local}`)
  }

  /** Attributes of namespaces that nobody named (xmlns, xsi, diffgr) are about the document and not of the data. */
  #attributeName({ uri, local }: SaxesAttributeNS): string | undefined {
    if (uri === '') return composed(local)
    const prefix = this.#prefixes.get(uri)
    return prefix === undefined ? undefined : composed(`${prefix}:${local}`)
  }
}

function isTrue({ value }: SaxesAttributeNS): boolean {
  return ['true', '1'].includes(value.trim())
}
