import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { codes, HarvestBench, schoolsCsv, schoolsManifest } from './harvest.fixture.js'
import type { Harvest } from './harvest.js'
import { tryingAgain } from './trying-again.js'

describe('what the database cannot do just now', () => {
  const failing = (code: string, times: number) => {
    let tried = 0
    const work = (): Promise<number> => {
      tried++
      return tried > times ? Promise.resolve(tried) : Promise.reject(Object.assign(new Error(code), { code }))
    }
    return { work, tried: () => tried }
  }

  test.each(['40P01', '40001', '55P03', '53300'])('is done again after %s, twice at most', async (code) => {
    expect(await tryingAgain(failing(code, 2).work)).toBe(3)
    const hopeless = failing(code, 3)
    await expect(tryingAgain(hopeless.work)).rejects.toThrow(code)
    expect(hopeless.tried()).toBe(3)
  })

  test.each(['53100', '23505', '57P01', 'ECONNRESET'])('is not tried again after %s', async (code) => {
    const broken = failing(code, 1)
    await expect(tryingAgain(broken.work)).rejects.toThrow(code)
    expect(broken.tried()).toBe(1)
  })
})

describe('a run', () => {
  let bench: HarvestBench
  let harvest: Harvest
  beforeAll(async () => {
    bench = await HarvestBench.open()
    harvest = await bench.replica()
    await bench.rows('create sequence tries')
  })
  afterAll(async () => {
    await bench.dispose()
  })

  /** The next writes of schools fail so many times. */
  async function failWrites(code: string, times: number): Promise<void> {
    await bench.rows('alter sequence tries restart')
    await bench.rows(`create or replace function fail() returns trigger language plpgsql as $$ begin
      if nextval('tries') <= ${times} then raise exception 'not now' using errcode = '${code}'; end if; return null; end $$`)
    await bench.rows(
      `create or replace trigger fail after insert on records."School" for each statement execute function fail()`,
    )
  }

  test.each(['40P01', '55P03'])('publishes once although %s ended its first two transactions', async (code) => {
    const name = `again-${code.toLowerCase()}`
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, name))
    bench.upstream.serve(`/${name}.csv`, schoolsCsv(codes('s', 10)))
    await failWrites(code, 2)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', version: 1, added: 10 })
    const events = await bench.rows(
      `select e.type from gateway.change_event e join gateway.dataset d on d.id = e.dataset_id where d.code = $1`,
      [name],
    )
    expect(events).toEqual([{ type: 'LOADED' }])
    bench.upstream.serve(`/${name}.csv`, schoolsCsv(codes('s', 11)))
    await failWrites(code, 3)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'FAILED', fault: { code: 'INTERNAL' } })
    expect(await bench.schools(name)).toHaveLength(10)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', version: 2, added: 1 })
  })
})
