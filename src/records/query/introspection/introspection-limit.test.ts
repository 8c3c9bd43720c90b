import { describe, expect, test } from '@jest/globals'
import { getIntrospectionQuery, parse } from 'graphql'
import { checkIntrospection } from './introspection-limit.js'

const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ')
const type = 'kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } }'

describe('an introspection that tools make is let through:', () => {
  test.each([
    ['the least', getIntrospectionQuery({ descriptions: false })],
    [
      'the most',
      getIntrospectionQuery({
        descriptions: true,
        inputValueDeprecation: true,
        oneOf: true,
        schemaDescription: true,
        specifiedByUrl: true,
      }),
    ],
    [
      'twenty types by name, with what their fields are of',
      `{ ${times(20, (i) => `t${i}: __type(name: "T${i}") { name fields { name description args { name type { ${type} } } type { ${type} } } }`)} }`,
    ],
    [
      'one type, with the fields of the types of its fields',
      `{ __type(name: "School") { fields { name type { name fields { name type { ${type} } } } } } }`,
    ],
    ['the names of all', '{ __schema { types { name kind } queryType { fields { name } } } }'],
  ])('%s', (_, query) => {
    expect(() => {
      checkIntrospection(parse(query))
    }).not.toThrow()
  })
})

describe('an introspection is refused that asks for the schema over and over:', () => {
  const fields = `fields { name description args { name type { ${type} } } type { ${type} } }`
  test.each([
    ['by aliases at its root', `{ ${times(20, (i) => `a${i}: __schema { types { ${fields} } }`)} }`],
    ['by aliases of its types', `{ __schema { ${times(30, (i) => `a${i}: types { ${fields} }`)} } }`],
    ['by aliases of fields', `{ __schema { types { ${times(30, (i) => `a${i}: ${fields}`)} } } }`],
    ['by aliases of fields of a type', `{ __type(name: "Query") { ${times(30, (i) => `a${i}: ${fields}`)} } }`],
    ['by levels within each other', `{ __schema { types { fields { type { ${fields} } } } } }`],
    [
      'by levels within each other, through what wraps types',
      `{ __schema { types { fields { type { ofType { ${fields} } } } } } }`,
    ],
  ])('%s', (_, query) => {
    expect(() => {
      checkIntrospection(parse(query))
    }).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }))
  })

  test('by fragments that double, which takes no time to see', () => {
    const fragments = times(
      40,
      (i) => `fragment f${i} on __Type { ofType { a: name ...f${i + 1} } b: ofType { ...f${i + 1} } }`,
    )
    const started = performance.now()
    checkIntrospection(parse(`{ __schema { types { ...f0 } } } ${fragments} fragment f40 on __Type { name }`))
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
