import { expect, test } from '@jest/globals'
import { ChangeWatch, earlierMark } from './change-mark.js'

function latestOf(written: readonly string[], since?: string): string | undefined {
  const watch = new ChangeWatch(since)
  for (const one of written) watch.see(one)
  return watch.latest
}

test.each([
  ['9', '10', '10'],
  ['12345678901234567890', '12345678901234567891', '12345678901234567891'],
  ['2025-06-30', '2025-07-01', '2025-07-01'],
  ['2025-06-30T10:00:00+07:00', '2025-06-30T04:00:00Z', '2025-06-30T04:00:00Z'],
  ['2025-06-30T12:00:00+07:00', '2025-06-30T04:00:00Z', '2025-06-30T12:00:00+07:00'],
  ['2025-06-30 10:00:00', '2025-06-30 09:59:59', '2025-06-30 10:00:00'],
  ['2025-06-30T10:00:00.123400Z', '2025-06-30T10:00:00.1239Z', '2025-06-30T10:00:00.1239Z'],
  ['2025-06-30T10:00:00+0700', '2025-06-30T10:00:00+0800', '2025-06-30T10:00:00+0700'],
])('of %s and %s the later is %s', (one, other, later) => {
  expect(latestOf([one, other])).toBe(later)
  expect(latestOf([other], one)).toBe(later)
  expect(latestOf([other, one])).toBe(later)
  expect(latestOf([one])).toBe(one)
})

test.each(['30/06/2025', '', 'yesterday', '-1', '2025-13-45', '2025-06-30T99:00', undefined])(
  '%j is no mark, and does not hide the others',
  (written) => {
    const watch = new ChangeWatch(undefined)
    watch.see(written)
    expect([watch.latest, watch.isBlind]).toEqual([undefined, true])
    watch.see('2025-06-30')
    expect([watch.latest, watch.isBlind]).toEqual(['2025-06-30', false])
  },
)

test('numbers among times do not count, nor times among numbers', () => {
  expect(latestOf(['2025-06-30', '99991231'])).toBe('2025-06-30')
  expect(latestOf(['4711', '2025-06-30'])).toBe('4711')
})

test('what has not come yet, or came after the reading began, does not count', () => {
  const watch = new ChangeWatch(undefined, new Date('2025-06-30T10:00:00Z'))
  for (const late of ['2099-01-01', '2025-07-02T00:00:00', '2025-06-30T10:00:01Z', '2025-06-30T17:00:01+07:00']) {
    watch.see(late)
    expect([watch.latest, watch.isBlind]).toEqual([undefined, false])
  }
  watch.see('2025-06-30T17:00:00+07:00')
  expect(watch.latest).toBe('2025-06-30T17:00:00+07:00')
  // Of a zone that is not known.
  watch.see('2025-06-30T17:30:00')
  expect(watch.latest).toBe('2025-06-30T17:30:00')
})

test('a reading without rows came as far as the one before', () => {
  const watch = new ChangeWatch('2025-06-30')
  expect([watch.latest, watch.isBlind]).toEqual(['2025-06-30', false])
})

test.each([
  ['2025-06-30T10:00:30+07:00', '2025-06-30T09:59:30+07:00'],
  ['2025-07-01 00:00:00', '2025-06-30 23:59:00'],
  ['2025-06-30T10:00:00.1234567Z', '2025-06-30T09:59:00.1234567Z'],
  ['2025-06-30T10:00Z', '2025-06-30T09:59:00Z'],
  ['2025-06-30', '2025-06-30'],
  ['4711', '4711'],
])('a minute before %s is %s', (mark, earlier) => {
  expect(earlierMark(mark, 60)).toBe(earlier)
})
