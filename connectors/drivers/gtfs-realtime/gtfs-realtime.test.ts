import { describe, expect, test } from '@jest/globals'
import { collected } from '../../../test/support/reading.js'
import { bytesServers, type ServedBytes } from '../../../test/support/served-bytes.js'
import { asOfName } from '../../../src/connectors/outbound/source.js'
import { SourceNumber, type SourceRow } from '../driver.js'
import { driver } from './driver.js'
import { gtfsRealtimeOptions, type GtfsRealtimeOptions, type GtfsRealtimeSelection } from './options.js'
import { header, message, position, vehicle, type Wire } from './wire.fixture.js'

const serve = bytesServers()

async function runOf(message: Uint8Array): Promise<ServedBytes<GtfsRealtimeOptions>> {
  return serve(message, 'application/x-protobuf', (url) => gtfsRealtimeOptions.parse({ url }))
}

async function rowsOf(message: Uint8Array, entity: GtfsRealtimeSelection['entity'] = 'vehicle'): Promise<SourceRow[]> {
  return collected(driver.scan((await runOf(message)).source, { entity }))
}

describe('vehicle positions', () => {
  test('tell a speed of zero from an unknown one', async () => {
    const rows = await rowsOf(
      message(
        header,
        vehicle('66', position(40.5651207, -122.386475, [5, { float: 0 }])),
        vehicle('67', position(40.5651207, -122.386475)),
      ),
    )
    expect(rows.map(({ values }) => values['speed'])).toEqual([new SourceNumber('0'), null])
    expect(rows[0]?.values['latitude']).toEqual(new SourceNumber('40.56512'))
  })

  test('have no instant when the feed has none or writes zero for it, never 1970', async () => {
    const bus = (id: string, ...fields: Wire[]) => vehicle(id, position(47, -122), ...fields)
    const feed = message([1, [[1, '1.0']]], bus('1'), bus('2', [5, 0n]), bus('3', [5, 1_749_416_904n]))
    expect((await rowsOf(feed)).map(({ values }) => values['timestamp'])).toEqual([
      null,
      null,
      '2025-06-08T21:08:24.000Z',
    ])
  })

  test('keep an instant that no date can be as it came, so that its row is set aside', async () => {
    const [row] = await rowsOf(message(header, vehicle('1', [5, 18_446_744_073_709_551_615n])))
    expect(row?.values['timestamp']).toBe('18446744073709551615')
  })

  test('are given with their trip, stop and state, and without the number plate', async () => {
    const [row] = await rowsOf(
      message(
        header,
        vehicle(
          'e1',
          [
            1,
            [
              [1, 'T1-0-001'],
              [5, 'T1'],
              [6, 0],
            ],
          ],
          position(13.78, 109.22, [3, { float: 153.4 }], [5, { float: 9.25 }]),
          [3, 0],
          [4, 1],
          [7, 'S004'],
          [
            8,
            [
              [1, 'bus-1'],
              [2, 'Xe 1'],
              [3, '77B-012.34'],
            ],
          ],
          [9, 0],
        ),
      ),
    )
    expect({ ...row?.values }).toEqual({
      entity_id: 'e1',
      vehicle_id: 'bus-1',
      vehicle_label: 'Xe 1',
      trip_id: 'T1-0-001',
      route_id: 'T1',
      direction_id: new SourceNumber('0'),
      start_time: null,
      start_date: null,
      latitude: new SourceNumber('13.78'),
      longitude: new SourceNumber('109.22'),
      bearing: new SourceNumber('153.4'),
      speed: new SourceNumber('9.25'),
      timestamp: null,
      stop_id: 'S004',
      current_stop_sequence: new SourceNumber('0'),
      current_status: 'STOPPED_AT',
      occupancy: 'EMPTY',
    })
    expect(JSON.stringify(row)).not.toContain('77B')
  })

  test('leave out what is deleted and count entities where they stand', async () => {
    const deleted: Wire = [
      2,
      [
        [1, 'gone'],
        [2, 1],
        [4, [position(1, 1)]],
      ],
    ]
    const rows = await rowsOf(message(header, deleted, vehicle('b', position(1, 1))))
    expect(rows.map((row) => [row.number, row.values['entity_id']])).toEqual([[2, 'b']])
  })

  test('may come before the header, and fields that are not known are passed over', async () => {
    const rows = await rowsOf(message(vehicle('a', position(1, 1), [99, 'new']), [1000, 'newer'], header))
    expect(rows.map(({ values }) => values['entity_id'])).toEqual(['a'])
  })

  test('with a state that is not known have none', async () => {
    const [row] = await rowsOf(message(header, vehicle('a', [4, 77], [9, 99])))
    expect([row?.values['current_status'], row?.values['occupancy']]).toEqual([null, null])
  })

  test('keep NaN as text, so that its row is set aside', async () => {
    const [row] = await rowsOf(message(header, vehicle('a', position(NaN, Infinity))))
    expect([row?.values['latitude'], row?.values['longitude']]).toEqual(['NaN', 'Infinity'])
  })

  test('are said to be of when the feed was made, if it says', async () => {
    const run = await runOf(message(header))
    await collected(driver.scan(run.source, { entity: 'vehicle' }))
    expect(run.memory()).toMatchObject({ [asOfName]: '2025-06-08T21:08:26.000Z' })
    const silent = await runOf(message([1, [[1, '2.0']]]))
    await collected(driver.scan(silent.source, { entity: 'vehicle' }))
    expect(silent.memory()[asOfName]).toBeUndefined()
  })
})

test('trip updates have the stops as a list, skipped ones too', async () => {
  const update: Wire = [
    2,
    [
      [1, 'u'],
      [
        3,
        [
          [
            1,
            [
              [1, 'trip-1'],
              [5, 'T1'],
            ],
          ],
          [
            2,
            [
              [4, 'S1'],
              [5, 1],
            ],
          ],
          [
            2,
            [
              [1, 2],
              [4, 'S2'],
              [
                2,
                [
                  [1, 0],
                  [2, 1_749_418_441n],
                ],
              ],
            ],
          ],
          [4, 1_749_416_881n],
        ],
      ],
    ],
  ]
  const rows = await rowsOf(message(header, update, vehicle('v', position(1, 1))), 'tripUpdate')
  expect(rows).toHaveLength(1)
  expect(rows[0]?.values).toMatchObject({
    trip_id: 'trip-1',
    timestamp: '2025-06-08T21:08:01.000Z',
    stop_time_updates: [
      { stop_id: 'S1', schedule_relationship: 'SKIPPED', arrival_time: null, departure_time: null },
      {
        stop_id: 'S2',
        stop_sequence: new SourceNumber('2'),
        arrival_time: '2025-06-08T21:34:01.000Z',
        arrival_delay: new SourceNumber('0'),
      },
    ],
  })
})

test('alerts are given in the wanted language', async () => {
  const alert: Wire = [
    2,
    [
      [1, 'a'],
      [
        5,
        [
          [1, [[1, 1_749_416_881n]]],
          [5, [[2, 'T1']]],
          [
            5,
            [
              [
                4,
                [
                  [1, 'trip-1'],
                  [5, 'T1'],
                ],
              ],
              [5, 'S1'],
            ],
          ],
          [6, 10],
          [
            10,
            [
              [
                1,
                [
                  [1, 'Roadworks'],
                  [2, 'en'],
                ],
              ],
              [
                1,
                [
                  [1, 'Sửa đường'],
                  [2, 'vi'],
                ],
              ],
            ],
          ],
          [11, [[1, [[1, 'Only here']]]]],
        ],
      ],
    ],
  ]
  const [row] = await rowsOf(message(header, alert), 'alert')
  expect(row?.values).toMatchObject({
    cause: 'CONSTRUCTION',
    effect: null,
    header_text: 'Sửa đường',
    description_text: 'Only here',
    active_periods: [{ start: '2025-06-08T21:08:01.000Z', end: null }],
    route_ids: ['T1'],
    stop_ids: ['S1'],
    trip_ids: ['trip-1'],
  })
})
