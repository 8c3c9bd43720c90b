import type { ValueKind } from '../../src/records/schema/record-type.js'
import type { Json } from './reference-world.js'

/** Small pools, so that filters meet values and values meet each other; with the ends of each kind's range. */
export const valuePools: Readonly<Record<ValueKind, readonly Json[]>> = {
  text: [
    ...['An Nhơn', 'an nhon', 'An Nhon', 'Quy Nhơn', 'Đá', 'Da', 'đã', 'Dã', 'ĐỐNG ĐA', 'Ân', 'Ấn', 'ấn', 'Oi', 'Ổi'],
    ...['100%', 'a_b', 'a\\b', '', ' ', 'Z', 'zù', "O'i", '"x"', 'Ê', 'e', 'Trần Phú', 'tran', '水', 'Nguyễn Huệ 10'],
  ],
  url: ['https://a.vn/', 'https://a.vn/Đ', 'https://b.vn/?q=%20', 'http://a.vn/_'],
  code: ['RED', 'GREEN', 'BLUE', 'B_2'],
  integer: [-2147483648, -1, 0, 1, 2, 7, 10, 2147483647],
  bigInteger: ['-9223372036854775808', '-1', '0', '9', '10', '9007199254740993', '9223372036854775807'],
  decimal: ['-12345678901234567890.5', '-0.1', '0', '0.3', '1.25', '9', '10', '12345678901234567890.123456789'],
  // All but the ends have few binary digits, so that sums come out the same in any order.
  float: [-2.5, 0, 0.5, 3.25, 1024.125, 1e300, 9.313225746154785e-10],
  boolean: [true, false],
  date: ['0001-01-01', '1999-12-31', '2024-02-29', '2024-03-31', '2024-04-01', '2025-06-30', '9999-12-31'],
  dateTime: [
    ...[
      '1990-01-01T00:00:00Z',
      '2024-02-29T16:59:59.999999Z',
      '2024-02-29T17:00:00Z',
      '2024-03-31T18:00:00.123456Z',
      '2024-03-31T18:00:00.123Z',
    ],
    ...['2024-12-31T17:00:00Z', '2025-06-30T12:00:00.5Z', '9999-12-30T00:00:00Z'],
  ],
  json: [{}, { a: 1 }, { a: { c: true }, b: [1, 'đ', null] }],
}

/** Key values that need care: escapes, case, diacritics, and order by code point. */
export const codes = ['A', 'B', 'b', 'a~b', 'đà', 'ĐÀ 1', '10', '9', '%', '😀', '水']

/** The first days of what is dated. */
export const validityStarts = ['2000-01-01', '2024-02-29', '2025-07-01']

export const places: readonly { readonly latitude: number; readonly longitude: number }[] = [
  { latitude: 13.78, longitude: 109.22 },
  { latitude: 13.7713, longitude: 109.1871 },
  { latitude: 13.9, longitude: 108.91 },
  { latitude: 10.776, longitude: 106.701 },
  { latitude: -33.86, longitude: 151.21 },
  { latitude: 0, longitude: -180 },
]

/** In kilometres, none of them the distance of two of the places. */
export const radii = [0.001, 5.3, 77.7, 903.1, 9000.9, 20040]

/** Each dataset publishes three versions. */
export const versionNumbers = [1, 2, 3] as const

export function publishedAt(datasetPlace: number, version: number): string {
  return `2025-0${version}-1${datasetPlace}T17:00:00.00000${datasetPlace}Z`
}

/** Times of publishing, exactly and as answers show them. */
export const publishedMoments: readonly string[] = [0, 1].flatMap((place) =>
  versionNumbers.flatMap((version) => {
    const exact = publishedAt(place, version)
    return [exact, exact.replace(/\d{3}Z$/, 'Z')]
  }),
)

/** Around and at the times of publishing; a bare date is the end of that day in the province. */
export const pastMoments = [
  ...['2024-01-01', '2025-01-10', '2025-01-11', '2025-02-11', '2025-02-12', '2025-03-12', '2026-01-01'],
  ...['2025-01-10T17:00:00.000000Z', '2025-01-11T17:00:00.000001Z', '2025-01-11T17:00:00Z'],
  ...[
    '2025-02-12T17:00:00.000002Z',
    '2025-02-12T17:00:00.000001Z',
    '2025-02-12T16:59:59.999Z',
    '2025-03-10T17:00:00Z',
    '2025-03-13T00:00:00+07:00',
  ],
]
