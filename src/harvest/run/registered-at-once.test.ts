import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { HarvestBench, schoolsService, until } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

let bench: HarvestBench
let harvest: Harvest
beforeAll(async () => {
  bench = await HarvestBench.open()
  harvest = await bench.replica()
})
afterAll(async () => {
  await bench.dispose()
})

const registered = async (name: string, refresh: object): Promise<number> => {
  const { connectorId } = await bench.register(schoolsService(bench.upstream, name, {}, { refresh }))
  return connectorId
}

test('many that were registered at once and hang leave the rest to the schedule, and keep nobody waiting', async () => {
  const daily = { mode: 'snapshot', every: 'PT24H' }
  let asked = 0
  const ids: number[] = []
  for (let number = 1; number <= 5; number += 1) {
    bench.upstream.on(`/hangs-${number}`, () => {
      asked += 1
    })
    ids.push(await registered(`hangs-${number}`, daily))
  }
  bench.upstream.on('/answers', (_request, response) => {
    response.writeHead(200).end(JSON.stringify([{ code: 'a', name: 'A', pupils: 1 }]))
  })
  const answering = await registered('answers', { mode: 'live', maxAge: 'PT1S', patience: 'PT5S' })
  await harvest.registry.reload()
  const giveUp = new AbortController()
  const runs = ids.map((id) => harvest.run(id, 'registered', giveUp.signal))
  await until(() => asked === 2)
  expect(await Promise.all(runs.slice(2))).toEqual(ids.slice(2).map(() => ({ outcome: 'NOT_NEEDED' })))
  expect(await harvest.run(answering, 'live')).toMatchObject({ outcome: 'PUBLISHED', added: 1 })
  giveUp.abort(new Error('The test is over.'))
  await Promise.allSettled(runs)
})
