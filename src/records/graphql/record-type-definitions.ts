import { Kind, parse, type DefinitionNode, type DocumentNode } from 'graphql'
import type { CodeList, RecordType, RecordTypes } from '../schema/record-type.js'
import { bilingual, described, titled } from './description.js'
import { inContext } from './field-types.js'
import { groupDefinitions } from './group-definitions.js'
import { inputDefinitions } from './input-definitions.js'
import { objectDefinitions } from './object-definitions.js'
import { codeFilter, listFilter, sharedDefinitions } from './shared-definitions.js'

interface Printed {
  /** The other types that the definitions mention; when one of them was replaced, they may have changed. */
  readonly related: readonly RecordType[]
  readonly definitions: readonly DefinitionNode[]
}

const printedTypes = new WeakMap<RecordType, Printed>()
const printedLists = new WeakMap<CodeList, readonly DefinitionNode[]>()
let shared: readonly DefinitionNode[] | undefined

/**
 * The record plane's part of the public schema: what record types share, the code lists, and each type. What did not change
 * since an earlier revision is not printed and parsed again.
 */
export function recordTypeDefinitions(types: RecordTypes): DocumentNode {
  shared ??= definitionsOf(sharedDefinitions)
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      ...shared,
      ...definitionsOf('extend type Query { record(id: ID!): Record }'),
      ...definitionsOf('extend type Subscription { changes(datasets: [ID!], themes: [ID!], after: String): Change! }'),
      ...[...types.codeLists.values()].flatMap(codeListDefinitions),
      ...[...types.types.values()].flatMap((type) => typeDefinitions(types, type)),
    ],
  }
}

/** The names that the record plane defines for all; a control schema's own definition of one gives way. */
export function sharedNames(): ReadonlySet<string> {
  shared ??= definitionsOf(sharedDefinitions)
  return new Set(shared.flatMap((node) => ('name' in node ? [node.name.value] : [])))
}

/** One type's definitions as SDL, for reading. */
export function typeSdl(types: RecordTypes, type: RecordType): string {
  const context = inContext(types, type)
  return [...objectDefinitions(context), ...inputDefinitions(context), ...groupDefinitions(context)].join('\n')
}

function typeDefinitions(types: RecordTypes, type: RecordType): readonly DefinitionNode[] {
  const related = relatedTypes(types, type)
  const before = printedTypes.get(type)
  if (before?.related.length === related.length && before.related.every((other, index) => other === related[index])) {
    return before.definitions
  }
  const definitions = definitionsOf(typeSdl(types, type))
  printedTypes.set(type, { related, definitions })
  return definitions
}

function relatedTypes(types: RecordTypes, type: RecordType): RecordType[] {
  const targets = type.fields.flatMap(({ reference }) => {
    const target = reference === undefined ? undefined : types.types.get(reference.target)
    return target === undefined ? [] : [target]
  })
  return [...targets, ...types.reverseOf(type.code).map((reverse) => reverse.type)]
}

function codeListDefinitions(list: CodeList): readonly DefinitionNode[] {
  let definitions = printedLists.get(list)
  if (definitions === undefined) {
    const values = list.values.map(({ value, label }) => `${described(bilingual(label))} ${value}`)
    definitions = definitionsOf(`${titled(list.title)} enum ${list.code} { ${values.join('\n')} }
      ${codeFilter(`${list.code}Filter`, list.code)}
      ${listFilter(`${list.code}ListFilter`, list.code)}`)
    printedLists.set(list, definitions)
  }
  return definitions
}

function definitionsOf(sdl: string): readonly DefinitionNode[] {
  return parse(sdl, { noLocation: true }).definitions
}
