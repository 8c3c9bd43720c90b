import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { serveBytes } from '../../../test/support/served-bytes.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { driver } from './driver.js'
import { entityRow } from './entity-rows.js'
import { readEntities, readHeader } from './feed-message.js'
import { gtfsRealtimeOptions } from './options.js'
import { header, message, position, vehicle } from './wire.fixture.js'

/** Reads all of a message as all kinds of entities, as scans of it do. */
function readAll(bytes: Uint8Array): void {
  readHeader(bytes)
  for (const entity of readEntities(bytes)) {
    for (const kind of ['vehicle', 'tripUpdate', 'alert'] as const) entityRow(entity, { entity: kind }, 'vi')
  }
}

function faultOf(bytes: Uint8Array): SourceFault {
  try {
    readAll(bytes)
  } catch (error) {
    if (error instanceof SourceFault) return error
    throw error
  }
  throw new Error('It was read.')
}

describe('what is not a feed', () => {
  const text = (content: string) => new TextEncoder().encode(content)
  test.each([
    ['nothing at all', new Uint8Array(), 'it has no header'],
    ['an HTML page', text('<!doctype html><html><body>Bảo trì</body></html>'), ''],
    ['JSON', text('{"entity": []}'), ''],
    ['a message without a header', message(vehicle('a', position(1, 1))), 'it has no header'],
    [
      'differences only',
      message([
        1,
        [
          [1, '2.0'],
          [2, 1],
        ],
      ]),
      'DIFFERENTIAL',
    ],
    ['an entity without an id', message(header, [2, []]), "missing required 'id'"],
    ['a position without a longitude', message(header, vehicle('a', [2, [[1, { float: 1 }]]])), 'longitude'],
    ['a length of a gigabyte', new Uint8Array([0x12, 0x80, 0x80, 0x80, 0x80, 0x04, 1]), 'index out of range'],
    ['a text that is not UTF-8', message(header, [2, [[1, 'x']]]).map((byte) => (byte === 0x78 ? 0xff : byte)), ''],
    ['a header that is cut off', message(header).subarray(0, 5), 'index out of range'],
  ])('is refused: %s', (_what, bytes, reason) => {
    const fault = faultOf(bytes)
    expect(fault.code).toBe('NOT_DATA')
    expect(fault.message).toContain(reason)
  })

  test('groups nested without end are refused', () => {
    expect(faultOf(new Uint8Array(100_000).fill((7 << 3) | 3)).code).toBe('NOT_DATA')
  })

  test('a feed above the size limit is refused', async () => {
    const big = message(header, vehicle('x'.repeat(5000)))
    await using one = await serveBytes(big, 'application/x-protobuf', (url) =>
      gtfsRealtimeOptions.parse({ url, maxBytes: 4096 }),
    )
    await expect(driver.check(one.source)).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })

  test('a message with changed bytes is read or refused, never anything else', () => {
    const good = message(
      header,
      vehicle(
        '1',
        [
          1,
          [
            [1, 'trip'],
            [5, 'T1'],
          ],
        ],
        position(13.7, 109.2, [5, { float: 0 }]),
        [5, 1_749_416_904n],
        [8, [[1, 'v']]],
      ),
      [
        2,
        [
          [1, 'u'],
          [
            3,
            [
              [1, [[1, 'trip']]],
              [
                2,
                [
                  [4, 'S1'],
                  [5, 1],
                ],
              ],
            ],
          ],
        ],
      ],
      [
        2,
        [
          [1, 'a'],
          [
            5,
            [
              [6, 1],
              [
                10,
                [
                  [
                    1,
                    [
                      [1, 'x'],
                      [2, 'vi'],
                    ],
                  ],
                ],
              ],
            ],
          ],
        ],
      ],
    )
    const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: good.length }),
        (changes, length) => {
          const bytes = good.slice(0, length)
          for (const [at, byte] of changes) bytes[at] = byte
          try {
            readAll(bytes)
          } catch (error) {
            if (!(error instanceof SourceFault) || error.code !== 'NOT_DATA') throw error
          }
        },
      ),
      { numRuns: 10_000 },
    )
  })
})
