import { describe, expect, test } from '@jest/globals'
import { ChangeWatch, earlierMark } from './change-mark.js'

function latestOf(written: readonly string[], since?: string): string | undefined {
  const watch = new ChangeWatch(since)
  for (const one of written) watch.see(one)
  watch.endPage()
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
  ['2025-07-01', '2025-06-30'],
  ['4711', '4710'],
  ['0', '0'],
  ['00100', '00099'],
  ['12345678901234567890', '12345678901234567889'],
])('a source is asked a minute, a day or a number before: for %s from %s', (mark, earlier) => {
  expect(earlierMark(mark, { seconds: 60, numbers: 1 })).toBe(earlier)
})

test.each([
  ['2025-07-01', { seconds: 0, numbers: 1 }, '2025-07-01'],
  ['2025-07-03', { seconds: 86_401, numbers: 1 }, '2025-07-01'],
  ['2025-07-01T10:00:00Z', { seconds: 0, numbers: 1 }, '2025-07-01T10:00:00Z'],
  ['4711', { seconds: 60, numbers: 0 }, '4711'],
  ['4711', { seconds: 60, numbers: 5000 }, '0'],
])('how much before %s is for the manifest to say: %j', (mark, overlap, earlier) => {
  expect(earlierMark(mark, overlap)).toBe(earlier)
})

describe('numbers that grow while pages are read', () => {
  const one = { seconds: 60, numbers: 1 }
  const read = (pages: readonly (readonly string[])[], since?: string): string | undefined => {
    const watch = new ChangeWatch(since)
    for (const page of pages) {
      for (const number of page) watch.see(number)
      watch.endPage()
    }
    return watch.latest
  }

  test('are asked for again from the greatest one of the first answer on', () => {
    const mark = read([['3', '7'], ['5'], ['9']])
    expect(mark).toBe('7/9')
    expect(earlierMark(mark ?? '', one)).toBe('6')
    // All of the second reading is older than what was seen by the first, but for what has changed since.
    expect(
      read(
        [
          ['7', '8'],
          ['9', '11'],
        ],
        mark,
      ),
    ).toBe('9/11')
  })

  test('are not asked for twice where there was one answer, or the first had the greatest', () => {
    expect(read([['3', '9']])).toBe('9')
    expect(read([['9', '8'], ['7']])).toBe('9')
    expect(read([['12']], '7/9')).toBe('12')
    expect(read([[]], '7/9')).toBe('9')
  })

  test('are asked for from the last of two readings although the first page has few', () => {
    expect(read([[], ['11']], '7/9')).toBe('9/11')
  })
})

test.each([
  ['20250701', 1, '20250630'],
  ['20250702', 1, '20250701'],
  ['20240301', 1, '20240229'],
  ['20250101', 0, '20250101'],
  ['20250703', 5, '20250628'],
  ['20250701000000', 1, '20250630235959'],
  ['20250701083000', 60, '20250701082900'],
  // Mere numbers.
  ['20251301', 1, '20251300'],
  ['20250230', 1, '20250229'],
  ['20250701', 20_000_000, '250701'],
  ['4711', 1, '4710'],
])('of %s as a number, %d before it is asked for %s', (mark, numbers, asked) => {
  expect(earlierMark(mark, { seconds: 60, numbers })).toBe(asked)
  expect(Number(asked)).toBeLessThanOrEqual(Number(mark) - numbers)
})
