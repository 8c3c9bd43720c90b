import { expect, test } from '@jest/globals'
import { patternProblem, wholePattern } from './safe-pattern.js'

test.each([
  '\\d{3}',
  '^([0-9]{2}|[0-9]{3}|[0-9]{5})$',
  '[A-Z]{2}-\\d+',
  '(?:a|b)c?',
  '[*+(]{2}',
  '\\(\\d+\\)',
  '(x)?',
  'a{1}',
])('%s is safe', (pattern) => {
  expect(patternProblem(pattern)).toBeUndefined()
})

test.each([
  '(a+)+',
  '((a|b))*',
  '(a|a){30}',
  '(?=a)',
  '(?<n>a)',
  '(a)\\1',
  '(',
  '.*.*.*.*x',
  'a'.repeat(201),
  '([ab]*c){2,}',
])('%s is refused', (pattern) => {
  expect(patternProblem(pattern)).toMatch(/^The pattern .+\.$/)
})

test('a pattern is about the whole value', () => {
  expect(wholePattern('a|b').test('ab')).toBe(false)
  expect(wholePattern('a|b').test('b')).toBe(true)
})
