import { expect } from '@jest/globals'
import type { HarvestBench } from '../../src/harvest/harvest.fixture.js'
import { schoolsCsv, codes } from '../../src/harvest/harvest.fixture.js'

export const rowsOfRound = 600

/** The agency's file of a round: each school has the round's number as its pupils, and one school is new and one gone. */
export function fileOf(round: number): string {
  const keys = [...codes('k', rowsOfRound - 1), `round-${round}`]
  return schoolsCsv(keys, () => String(round))
}

export interface Published {
  readonly round: number
  readonly version: number
  readonly events: number
}

/**
 * What readers see, after all that must hold at any moment has been checked: one round's rows as a whole, versions and
 * positions without a gap, as many events as changes, and the events replayed are the rows.
 */
export async function checkedState(bench: HarvestBench, dataset: string): Promise<Published> {
  const [rows] = await bench.rows<{ least: number; most: number; count: number; latest: number; last: string }>(
    `select min(pupils) as least, max(pupils) as most, count(*)::int as count, max(r._version) as latest,
       max(r._key) as last from records."School" r join gateway.dataset d on d.id = r._dataset where d.code = $1`,
    [dataset],
  )
  const round = rows?.most ?? -1
  expect(rows).toEqual({ least: round, most: round, count: rowsOfRound, latest: rows?.latest, last: `round-${round}` })

  const versions = await bench.rows<{
    number: number
    position: string
    changes: number
    told: number
    counted: number
  }>(
    `select v.number, v.position, v.added + v.changed + v.removed as changes, v.record_count as counted,
       (select count(*)::int from gateway.change_event e where e.position = v.position and e.type <> 'LOADED') as told
     from gateway.dataset_version v join gateway.dataset d on d.id = v.dataset_id where d.code = $1 order by v.number`,
    [dataset],
  )
  expect(versions.map(({ number }) => number)).toEqual(versions.map((_, at) => at + 1))
  const first = Number(versions[0]?.position)
  expect(versions.map(({ position }) => Number(position))).toEqual(versions.map((_, at) => first + at))
  for (const { told, changes, counted } of versions.slice(1)) {
    expect(told).toBe(changes)
    expect(counted).toBe(rowsOfRound)
  }
  const version = versions.length
  expect(rows?.latest).toBe(version)

  // A reader that keeps, from the first load on, the last that it was told of each key, has the rows.
  const [replay] = await bench.rows<{ wrong: number; events: number }>(
    `with told as (
       select distinct on (key) key, type, record->>'pupils' as pupils, record->>'name' as name from gateway.change_event e
       join gateway.dataset d on d.id = e.dataset_id where d.code = $1 and e.type <> 'LOADED'
       order by key, position desc, seq desc
     ), kept as (
       select r._key, r.pupils::text as pupils, r.name from records."School" r join gateway.dataset d on d.id = r._dataset where d.code = $1
     )
     select count(*) filter (where (told.type = 'REMOVED' and kept._key is not null)
         or (told.type <> 'REMOVED' and (kept._key is null or kept.pupils <> told.pupils or kept.name <> told.name))
         or (told.key is null and $2 > 1))::int as wrong,
       (select count(*)::int from gateway.change_event) as events
     from told full join kept on kept._key = told.key`,
    [dataset, version],
  )
  expect(replay?.wrong).toBe(0)
  return { round, version, events: replay?.events ?? 0 }
}
