import { describe, expect, test } from '@jest/globals'
import { collected, faultOf } from '../../../test/support/reading.js'
import { bytesServers } from '../../../test/support/served-bytes.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { SourceNumber, type SourceRow } from '../driver.js'
import { driver } from './driver.js'
import { smallestFeed, zipOf } from './fixture-server.js'
import { gtfsOptions, gtfsSelection } from './options.js'

const serve = bytesServers()

async function sourceOf(feed: Uint8Array) {
  return (await serve(feed, 'application/zip', (url) => gtfsOptions.parse({ url }))).source
}

async function rowsOf(files: Readonly<Record<string, string | Uint8Array>>, selection: unknown): Promise<SourceRow[]> {
  const source = await sourceOf(zipOf({ ...smallestFeed, 'stops.txt': 'stop_id,stop_name\n', ...files }))
  return collected(driver.scan(source, gtfsSelection.parse(selection)))
}

const column = (rows: readonly SourceRow[], name: string) => rows.map((row) => row.values[name])

describe('the files of a feed', () => {
  test('are read with a byte-order mark, blanks around names and values, and any line ends', async () => {
    const rows = await rowsOf(
      {
        'stops.txt':
          '\uFEFFstop_id, stop_name ,stop_desc\r\nS1,"Chợ Lớn, Quy Nhơn ",\nS2, Ga ""A"" ,x\r\n\r\nS3,Đống Đa\n',
      },
      { file: 'stops' },
    ).catch((error: unknown) => error)
    expect(rows).toBeInstanceOf(SourceFault)
    const good = await rowsOf(
      {
        'stops.txt':
          '\uFEFFstop_id, stop_name ,stop_desc\r\nS1,"Chợ Lớn, ""Quy Nhơn"" ",\nS2, Ga A ,x\r\n\r\nS3,Đống Đa\n',
      },
      { file: 'stops' },
    )
    expect(good.map(({ values }) => ({ ...values }))).toEqual([
      { stop_id: 'S1', stop_name: 'Chợ Lớn, "Quy Nhơn"', stop_desc: null },
      { stop_id: 'S2', stop_name: 'Ga A', stop_desc: 'x' },
      { stop_id: 'S3', stop_name: 'Đống Đa', stop_desc: null },
    ])
    expect(good.map((row) => [row.part, row.number])).toEqual([
      ['stops.txt', 2],
      ['stops.txt', 3],
      ['stops.txt', 5],
    ])
  })

  test('keep leading zeros, and have times of two-digit hours also after midnight', async () => {
    const rows = await rowsOf(
      {
        'stop_times.txt':
          'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n007,6:00:00, 6:00:30,S1,01\n007,25:10:00,,S2,2\n007,9h30,,S3,3\n',
      },
      { file: 'stop_times' },
    )
    expect(column(rows, 'trip_id')).toEqual(['007', '007', '007'])
    expect(column(rows, 'arrival_time')).toEqual(['06:00:00', '25:10:00', '9h30'])
    expect(column(rows, 'departure_time')).toEqual(['06:00:30', null, null])
    expect(column(rows, 'stop_sequence')).toEqual(['01', '2', '3'])
  })

  test('may have a header and no row', async () => {
    expect(await rowsOf({ 'shapes.txt': 'shape_id,shape_pt_lat\n' }, { file: 'shapes' })).toEqual([])
  })

  test('that are not there, hold too many values, or have a column twice are faults', async () => {
    expect(await faultOf(rowsOf({}, { file: 'transfers' }))).toMatchObject({ code: 'NOT_FOUND' })
    const long = await faultOf(rowsOf({ 'stops.txt': 'stop_id\nS1,x\n' }, { file: 'stops' }))
    expect(long.message).toContain('stops.txt: Invalid Record Length')
    const twice = await faultOf(rowsOf({ 'stops.txt': 'stop_id,stop_id\nS1,x\n' }, { file: 'stops' }))
    expect(twice.message).toContain('stops.txt has the column "stop_id" twice')
    expect(await faultOf(rowsOf({ 'stops.txt': 'stop_id\n"S1\n' }, { file: 'stops' }))).toMatchObject({
      code: 'NOT_DATA',
    })
  })

  test('that are not UTF-8 are refused, not repaired', async () => {
    const bytes = Buffer.concat([Buffer.from('stop_id,stop_name\nS1,'), Buffer.from([0xc3, 0x28]), Buffer.from('\n')])
    expect(await faultOf(rowsOf({ 'stops.txt': bytes }, { file: 'stops' }))).toMatchObject({ code: 'ENCODING' })
  })

  test('do not pollute prototypes by their names of columns', async () => {
    const [row] = await rowsOf({ 'stops.txt': 'stop_id,__proto__,constructor\nS1,a,b\n' }, { file: 'stops' })
    expect(Object.keys(row!.values)).toEqual(['stop_id', '__proto__', 'constructor'])
    expect(Object.getPrototypeOf(row!.values)).toBeNull()
  })
})

describe('a feed', () => {
  test('without a required file is refused, and the fault names all that is missing', async () => {
    const source = await sourceOf(zipOf({ 'bad_agency.txt': 'x\n', 'stops.txt': 'stop_id\n' }))
    const fault = await faultOf(driver.check(source))
    expect(fault.code).toBe('NOT_DATA')
    expect(fault.message).toContain(
      'it lacks agency.txt, routes.txt, trips.txt, stop_times.txt, calendar.txt or calendar_dates.txt',
    )
  })

  test('may have calendar_dates in place of calendar', async () => {
    const dates = { 'stops.txt': 'stop_id\n', 'calendar_dates.txt': 'service_id,date,exception_type\n' }
    const files = Object.entries({ ...smallestFeed, ...dates }).filter(([name]) => name !== 'calendar.txt')
    await expect(driver.check(await sourceOf(zipOf(Object.fromEntries(files))))).resolves.toBeUndefined()
  })

  test('is described with its files, their columns and those that can be computed', async () => {
    const source = await sourceOf(zipOf({ ...smallestFeed, 'stops.txt': 'stop_id,stop_name\nS1,Chợ\nS2,Ga\n' }))
    const described = await driver.describe(source, 1)
    expect(described.map((one) => one.name)).toEqual(['agency', 'routes', 'trips', 'stop_times', 'calendar', 'stops'])
    const stops = described.find((one) => one.name === 'stops')
    expect(stops?.columns).toEqual(['stop_id', 'stop_name'])
    expect(stops?.sample.map((row) => row.values['stop_name'])).toEqual(['Chợ'])
    const trips = described.find((one) => one.name === 'trips')
    expect(trips?.columns).toContain('first_departure')
    expect(trips?.sample[0]?.values['stop_count']).toEqual(new SourceNumber('0'))
  })
})

const network = {
  'agency.txt': 'agency_name,agency_url,agency_timezone\nHTX Vận tải Bình Định,http://localhost/,Asia/Ho_Chi_Minh\n',
  'stops.txt': 'stop_id,zone_id\nA,540\nB,540\nC,550\nD,\nE,549\n',
  'routes.txt': 'route_id,route_short_name,route_type\nT1,1,3\nT2,2,3\nT3,3,3\n',
  'trips.txt': 'route_id,service_id,trip_id,shape_id\nT1,DAILY,back,s2\nT1,DAILY,out,s1\nT2,DAILY,long,\n',
  // Rows of a trip apart from each other and out of order, as the reference allows.
  'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence
out,7:30:00,7:30:00,E,30
back,8:00:00,8:00:00,C,1
out,7:00:00,7:01:00,A,10
back,,,B,5
back,8:40:00,8:40:00,A,9
out,7:10:00,7:10:00,C,20
long,23:50:00,23:50:00,D,1
long,24:20:00,24:20:00,E,2
`,
  'shapes.txt': `shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence
s1,14.0,109.0,2
s1,13.0,109.0,1
s2,13.0,109.0,1
s2,13.5,109.0,2
`,
  'fare_attributes.txt': 'fare_id,price,currency_type\nfull,9000,VND\nhalf,5000,VND\nany,10000,VND\n',
  'fare_rules.txt': 'fare_id,route_id\nfull,T1\nhalf,T1\nfull,T2\nfull,T1\n',
}

describe('computed columns', () => {
  test('tell the stops and zones of a route in the order in which its trips first meet them', async () => {
    const rows = await rowsOf(network, { file: 'routes', derive: ['stop_ids', 'zone_ids', 'trip_count'] })
    expect(column(rows, 'stop_ids')).toEqual([['C', 'B', 'A', 'E'], ['D', 'E'], []])
    expect(column(rows, 'zone_ids')).toEqual([['550', '540', '549'], ['549'], []])
    expect(column(rows, 'trip_count')).toEqual([new SourceNumber('2'), new SourceNumber('1'), new SourceNumber('0')])
  })

  test('tell the only agency of a feed without agency_id, the longest shape and the full fare', async () => {
    const derive = ['agency_name', 'length_km', 'full_fare', 'fare_currency']
    const rows = await rowsOf(network, { file: 'routes', derive })
    expect(column(rows, 'agency_name')).toEqual(Array.from({ length: 3 }, () => 'HTX Vận tải Bình Định'))
    expect(column(rows, 'length_km')).toEqual([new SourceNumber('111.195'), null, null])
    // `any` has no rule, so it is valid everywhere.
    expect(column(rows, 'full_fare')).toEqual(['10000', '10000', '10000'])
    expect(column(rows, 'fare_currency')).toEqual(['VND', 'VND', 'VND'])
  })

  test('tell the ends of a trip by the order of its stops', async () => {
    const derive = ['first_departure', 'last_arrival', 'stop_count', 'start_stop_id', 'end_stop_id']
    const rows = await rowsOf(network, { file: 'trips', derive })
    expect(rows.map(({ values }) => derive.map((name) => values[name]))).toEqual([
      ['08:00:00', '08:40:00', new SourceNumber('3'), 'C', 'A'],
      ['07:01:00', '07:30:00', new SourceNumber('3'), 'A', 'E'],
      ['23:50:00', '24:20:00', new SourceNumber('2'), 'D', 'E'],
    ])
  })

  test('tell the routes of a fare', async () => {
    const rows = await rowsOf(network, { file: 'fare_attributes', derive: ['route_ids'] })
    expect(column(rows, 'route_ids')).toEqual([['T1', 'T2'], ['T1'], ['T1', 'T2', 'T3']])
  })

  test('need a sequence that is a number, and a fault tells the line', async () => {
    const files = { ...network, 'stop_times.txt': 'trip_id,stop_id,stop_sequence\nout,A,1\nout,B,first\n' }
    const fault = await faultOf(rowsOf(files, { file: 'trips', derive: ['stop_count'] }))
    expect(fault.message).toContain('stop_times.txt line 3: stop_sequence is not a whole number')
  })

  test('are offered only for the file that has them', () => {
    expect(gtfsSelection.safeParse({ file: 'stops', derive: ['stop_ids'] }).success).toBe(false)
    expect(gtfsSelection.safeParse({ file: 'routes', derive: ['route_ids'] }).success).toBe(false)
    expect(gtfsSelection.safeParse({ file: '../routes' }).success).toBe(false)
  })
})
