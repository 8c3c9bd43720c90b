import { strToU8, zipSync } from 'fflate'
import type { DriverFixture, Scenario } from '../conformance/driver-fixture.js'
import { serveScenario } from '../conformance/fixture-http.js'
import { gtfsOptions, gtfsSelection, type GtfsOptions, type GtfsSelection } from './options.js'

/** The suite's rows as the stops of a feed. */
export const fixture: DriverFixture<GtfsOptions, GtfsSelection> = {
  columns: {
    key: 'stop_id',
    text: 'stop_name',
    digits: 'stop_code',
    number: { column: 'stop_lat', text: '13.780' },
  },
  paged: false,
  showsItsEnd: true,
  async serve(scenario) {
    const feed = zipOf({ ...smallestFeed, 'stops.txt': stopsOf(scenario) })
    const server = await serveScenario(scenario, () => ({ contentType: 'application/zip', body: feed }))
    return server.as({
      options: gtfsOptions.parse({ url: `${server.url}/feed.zip` }),
      selection: gtfsSelection.parse({ file: 'stops' }),
    })
  },
}

/** The files that a feed must have beside its stops. */
export const smallestFeed: Readonly<Record<string, string>> = {
  'agency.txt': 'agency_name,agency_url,agency_timezone\nXe buýt Quy Nhơn,http://localhost/,Asia/Ho_Chi_Minh\n',
  'routes.txt': 'route_id,route_short_name,route_type\nT1,T1,3\n',
  'trips.txt': 'route_id,service_id,trip_id\nT1,DAILY,T1-1\n',
  'stop_times.txt': 'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nDAILY,1,1,1,1,1,1,1,20250101,20271231\n',
}

/** The same bytes for the same files. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const mtime = new Date(2025, 5, 30)
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => {
        return [name, [typeof content === 'string' ? strToU8(content) : content, { mtime }] as const]
      }),
    ),
  )
}

function stopsOf(scenario: Scenario): string {
  const rows = scenario.rows.map((row) => scenario.columns.map((column) => row[column] ?? ''))
  return [scenario.columns, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
