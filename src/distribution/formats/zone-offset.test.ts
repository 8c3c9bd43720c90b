import { expect, test } from '@jest/globals'
import { dayIn, zoneOffset } from './zone-offset.js'

test.each([
  ['2025-06-30T17:00:00Z', 7 * 3600],
  // Sài Gòn was an hour ahead until 1975, and had the time of its meridian before time zones.
  ['1970-01-01T00:00:00Z', 8 * 3600],
  ['1900-03-01T00:00:00Z', 7 * 3600 + 6 * 60 + 30],
  ['0001-06-01T00:00:00Z', 7 * 3600 + 6 * 60 + 30],
])('at %s the clocks of the province are %d seconds ahead', (instant, seconds) => {
  expect(zoneOffset('Asia/Ho_Chi_Minh')(Date.parse(instant))).toBe(seconds * 1000)
})

test('a day is that of the province', () => {
  expect(dayIn('Asia/Ho_Chi_Minh', new Date('2025-06-30T17:00:00Z'))).toBe('2025-07-01')
})
