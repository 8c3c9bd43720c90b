import type { CodeList, RecordType, RecordTypes } from '../schema/record-type.js'
import type { Definition } from './definition.js'
import { bilingual, described, titled } from './description.js'
import { inContext } from './field-types.js'
import { groupDefinitions } from './group-definitions.js'
import { inputDefinitions } from './input-definitions.js'
import { objectDefinitions } from './object-definitions.js'
import { codeFilter, listFilter } from './shared-definitions.js'

/** What a record type defines in the public schema, beside its fields of Query and Subscription. */
export function typeDefinitions(types: RecordTypes, type: RecordType): readonly Definition[] {
  const context = inContext(types, type)
  return [...objectDefinitions(context), ...inputDefinitions(context), ...groupDefinitions(context)]
}

/** What a code list defines: its enum and the filters of it. */
export function codeListDefinitions(list: CodeList): readonly Definition[] {
  const { code } = list
  return [
    { name: code, sdl: () => enumDefinition(list) },
    { name: `${code}Filter`, sdl: () => codeFilter(`${code}Filter`, code) },
    { name: `${code}ListFilter`, sdl: () => listFilter(`${code}ListFilter`, code) },
  ]
}

function enumDefinition({ code, title, values }: CodeList): string {
  const lines = values.map(({ value, label }) => `${described(bilingual(label))} ${value}`)
  return `${titled(title)} enum ${code} { ${lines.join('\n')} }`
}
