import { expect, test } from '@jest/globals'
import { problemOfExpression } from './path-expression.js'

const doubled = (times: number) => Array.from({ length: times }, () => '{a: @, b: @}').join(' | ')

test.each([
  '@',
  'data.items',
  'data[].list[]',
  "data[?kind=='y'].list[]",
  'length(detail.names)',
  'list[?size > `1`].id | [0]',
  "tuDong && 'AUTOMATIC' || 'PERIODIC'",
  "type[].coding[] | [?system=='https://agency.example/fhir/CodeSystem/kind'].code | [0]",
  "join(', ', telecom[].value)",
  'to_string(position)',
  'sort_by(items, &date)[-1].value',
  'map(&{id: id, name: name}, rows)',
  'rows[].{a: a, b: b, c: c, d: d}',
])('%s is taken', (text) => {
  expect(problemOfExpression(text)).toBeUndefined()
})

test.each(['', 'a[', 'a.', '()', '{a}', 'a b', '(', '[?a'])('"%s" is no expression', (text) => {
  expect(problemOfExpression(text)).toBe('is not a JMESPath expression')
})

test.each(['nope(a)', 'a[].{b: nope(c)}', 'sort_by(a, &nope(b))', '[?nope(a) == `1`] | [0]'])(
  '%s calls what is no function',
  (text) => {
    expect(problemOfExpression(text)).toBe('uses nope(), which JMESPath does not have')
  },
)

test('a constant that looks like a call is none', () => {
  expect(problemOfExpression('`{"type": "Function", "name": "nope"}`')).toBeUndefined()
})

test('one longer than anybody writes is refused before it is parsed', () => {
  expect(problemOfExpression('x'.repeat(2_001))).toBe('is longer than 2000 characters')
})

test('the deepest that can be written is parsed without overflow', () => {
  expect(problemOfExpression(`${'('.repeat(999)}a${')'.repeat(999)}`)).toBeUndefined()
  expect(problemOfExpression('a|'.repeat(999) + 'a')).toBeUndefined()
})

test.each([
  ['objects of itself in a row', doubled(45)],
  ['a constant that grows, to text', `\`1\` | ${doubled(45)} | to_string(@)`],
  ['lists of itself in a row', Array.from({ length: 45 }, () => '[@, @]').join('|')],
  ['each row that grows', `rows[].${Array.from({ length: 20 }, () => '[@,@]').join('.')}`],
  ['map within map', `${'map(&{a: @, b: @}, '.repeat(20)}rows${')'.repeat(20)}`],
  ['text that is escaped again and again', `${'to_string([@]) | '.repeat(20)}@`],
  ['objects that are merged', `${'merge({a: @}, {b: @}) | '.repeat(20)}@`],
  ['a comparison of what has grown', `[?(${doubled(20)}) == (${doubled(20)})]`],
  ['a separator that is data', 'join(a, b)'],
  ['a long separator', `join('${'x'.repeat(1_900)}', b)`],
  ['a long constant for each row', `map(&\`"${'x'.repeat(1_900)}"\`, rows)`],
])('%s: refused, and at once', (_what, text) => {
  const begun = performance.now()
  expect(problemOfExpression(text)).toBe('makes what it reads many times larger')
  expect(performance.now() - begun).toBeLessThan(200)
})
