import { codeListSuffixes, generatedSuffixes, type TakenNames } from './names.js'
import type { CodeList, RecordType } from './record-type.js'
import type { SchemaProblem } from './schema-problem.js'

/** Gives every name of the public schema one owner; each second claim of a name is a problem of the one who comes later. */
export function claimNames(
  types: readonly RecordType[],
  codeLists: readonly CodeList[],
  taken: readonly TakenNames[],
): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const typeNames = new Names(
    'type',
    taken.flatMap((names) => [...names.types]),
  )
  const queryFields = new Names(
    'query field',
    taken.flatMap((names) => [...names.queryFields]),
  )
  const subscriptionFields = new Names(
    'subscription field',
    taken.flatMap((names) => [...names.subscriptionFields]),
  )
  const claim = (names: Names, name: string, owner: string, file: string, path: string) => {
    const problem = names.claim(name, owner)
    if (problem !== undefined) problems.push({ file, path, message: problem })
  }
  // The types' own names come first, so that the problem is told to the one whose generated name hits another's own.
  for (const list of codeLists) claim(typeNames, list.code, `code list ${list.code}`, list.code, 'name')
  for (const type of types) {
    claim(typeNames, type.code, `record type ${type.code}`, type.code, 'name')
    claim(queryFields, type.plural, `plural of ${type.code}`, type.code, 'plural')
    claim(queryFields, type.singular, `singular of ${type.code}`, type.code, 'name')
    claim(subscriptionFields, `${type.singular}Changes`, `changes of ${type.code}`, type.code, 'name')
  }
  for (const list of codeLists) {
    for (const suffix of codeListSuffixes)
      claim(typeNames, list.code + suffix, `filter of code list ${list.code}`, list.code, 'name')
  }
  for (const type of types) {
    for (const suffix of generatedSuffixes)
      claim(typeNames, type.code + suffix, `${suffix} of ${type.code}`, type.code, 'name')
  }
  return problems
}

class Names {
  private readonly owners: Map<string, string>

  constructor(
    private readonly what: string,
    taken: readonly string[],
  ) {
    this.owners = new Map(taken.map((name) => [name, 'gateway itself']))
  }

  claim(name: string, owner: string): string | undefined {
    const other = this.owners.get(name)
    if (other !== undefined) return `The ${this.what} ${name} (${owner}) is already that of the ${other}.`
    this.owners.set(name, owner)
    return undefined
  }
}
