import { expect, test } from '@jest/globals'
import { publishedCount, publishedPart } from './small-counts.js'

test('one to four people have no figure, none and five have', () => {
  expect([0, 1, 4, 5, 240].map(publishedCount)).toEqual([0, null, null, 5, 240])
})

test('a part has no figure when it, the rest or the whole is of one to four people', () => {
  expect(publishedPart(20, 40)).toBe(20)
  expect(publishedPart(3, 40)).toBeNull()
  expect(publishedPart(37, 40)).toBeNull()
  expect(publishedPart(0, 40)).toBe(0)
  expect(publishedPart(40, 40)).toBe(40)
  expect(publishedPart(4, 4)).toBeNull()
})
