import { fieldOf, isToOne } from './field-kind.js'
import { isReservedFieldName, upperSnake } from './names.js'
import { compareDecimals, decimalText } from './number-text.js'
import type { Field, RecordType } from './record-type.js'
import { patternProblem } from './safe-pattern.js'
import { dateText, instantText } from './time-text.js'

export interface TypeProblem {
  readonly path: string
  readonly message: string
}

const known = new WeakMap<RecordType, readonly TypeProblem[]>()

/** What is wrong with a type whatever the others are: keys, validity, location, and what each field claims of itself. */
export function problemsOfType(type: RecordType): readonly TypeProblem[] {
  let problems = known.get(type)
  if (problems === undefined) {
    problems = findProblems(type)
    known.set(type, problems)
  }
  return problems
}

function findProblems(type: RecordType): TypeProblem[] {
  return [
    ...type.fields.flatMap((field, index) =>
      [...nameProblems(type, field, index), ...fieldProblems(field)].map(({ path, message }) => ({
        path: `fields[${index}]${path}`,
        message,
      })),
    ),
    ...keyProblems(type),
    ...validityProblems(type),
    ...locationProblems(type),
  ]
}

function nameProblems(type: RecordType, { name }: Field, index: number): TypeProblem[] {
  if (isReservedFieldName(name)) return [{ path: '.name', message: `The field name ${name} is reserved.` }]
  const same = type.fields.findIndex((other) => other.name === name)
  if (same < index) return [{ path: '.name', message: `There are two fields ${name}.` }]
  const alike = type.fields.findIndex((other) => upperSnake(other.name) === upperSnake(name))
  if (alike < index) {
    return [
      {
        path: '.name',
        message: `The fields ${type.fields[alike]?.name ?? ''} and ${name} would both be ${upperSnake(name)} in groupBy.`,
      },
    ]
  }
  return []
}

function fieldProblems(field: Field): TypeProblem[] {
  const problems: TypeProblem[] = []
  const { reference, constraints, kind, list } = field
  if (reference !== undefined) {
    if (kind !== 'text')
      problems.push({ path: '', message: 'A foreign key is a string: the key of the target record.' })
    if ((reference.cardinality === 'many') !== list) {
      problems.push({
        path: '.type',
        message: 'A foreign key to many records is an array of strings, and one to one record a string.',
      })
    }
  }
  if (field.ordered && (list || kind === 'json'))
    problems.push({ path: '.ordered', message: 'Only single values have an order.' })
  if (field.searched && (list || (kind !== 'text' && kind !== 'url') || reference !== undefined)) {
    problems.push({ path: '.searched', message: 'Only a single string can be searched.' })
  }
  const textual = kind === 'text' || kind === 'url'
  if (
    !textual &&
    (constraints.minLength !== undefined || constraints.maxLength !== undefined || constraints.pattern !== undefined)
  ) {
    problems.push({ path: '.constraints', message: 'Only strings have lengths and patterns.' })
  }
  const pattern = constraints.pattern === undefined ? undefined : patternProblem(constraints.pattern)
  if (pattern !== undefined) problems.push({ path: '.constraints.pattern', message: pattern })
  return [...problems, ...boundProblems(field)]
}

function boundProblems({ kind, constraints }: Field): TypeProblem[] {
  const problems: TypeProblem[] = []
  for (const side of ['minimum', 'maximum'] as const) {
    const bound = constraints[side]
    if (bound === undefined) continue
    const readable =
      kind === 'date'
        ? dateText(bound)
        : kind === 'dateTime'
          ? instantText(bound)
          : isNumber(kind)
            ? decimalText(bound)
            : undefined
    if (readable === undefined)
      problems.push({ path: `.constraints.${side}`, message: `${bound} is no bound for ${kind}.` })
  }
  const { minimum, maximum } = constraints
  if (problems.length === 0 && minimum !== undefined && maximum !== undefined && isNumber(kind)) {
    if (compareDecimals(decimalText(minimum) ?? '0', decimalText(maximum) ?? '0') > 0) {
      problems.push({ path: '.constraints', message: 'The minimum is above the maximum.' })
    }
  }
  return problems
}

function isNumber(kind: Field['kind']): boolean {
  return kind === 'integer' || kind === 'bigInteger' || kind === 'decimal' || kind === 'float'
}

/** Kinds whose text differs whenever the values do, and only then. */
const keyKinds: readonly Field['kind'][] = ['text', 'code', 'integer', 'bigInteger', 'boolean', 'date', 'dateTime']

function keyProblems(type: RecordType): TypeProblem[] {
  return type.primaryKey.flatMap((name, index): TypeProblem[] => {
    const path = `primaryKey[${index}]`
    const field = fieldOf(type, name)
    if (field === undefined) return [{ path, message: `There is no field ${name}.` }]
    if (type.primaryKey.indexOf(name) < index) return [{ path, message: `The field ${name} is in the key twice.` }]
    if (field.list) return [{ path, message: `The field ${name} is a list, which cannot be part of a key.` }]
    if (!keyKinds.includes(field.kind))
      return [{ path, message: `The field ${name} is ${field.kind}, which cannot be part of a key.` }]
    if (!field.required) return [{ path, message: `The field ${name} must be required, since it is part of the key.` }]
    return []
  })
}

function validityProblems(type: RecordType): TypeProblem[] {
  if (type.validity === undefined) return []
  const problems: TypeProblem[] = []
  for (const side of ['from', 'to'] as const) {
    const field = fieldOf(type, type.validity[side])
    if (field === undefined || field.kind !== 'date' || field.list) {
      problems.push({ path: `validity.${side}`, message: `There is no date field ${type.validity[side]}.` })
    }
  }
  if (!type.primaryKey.includes(type.validity.from)) {
    problems.push({
      path: 'validity.from',
      message: 'The start of the validity must be part of the key, so that a code may be used again.',
    })
  }
  return problems
}

function locationProblems(type: RecordType): TypeProblem[] {
  if (type.location === undefined) return []
  const problems: TypeProblem[] = []
  for (const side of ['latitude', 'longitude'] as const) {
    const field = fieldOf(type, type.location[side])
    if (field === undefined || field.list || (field.kind !== 'float' && field.kind !== 'decimal')) {
      problems.push({ path: `location.${side}`, message: `There is no number field ${type.location[side]}.` })
    }
  }
  if (type.location.latitude === type.location.longitude) {
    problems.push({ path: 'location', message: 'Latitude and longitude are two fields.' })
  }
  return problems
}

/** The whole key is this one reference, so at most one record of a dataset refers to a target. */
export function isWholeKey(type: RecordType, field: Field): boolean {
  return isToOne(field) && type.primaryKey.length === 1 && type.primaryKey[0] === field.name
}
