import { expect, test } from '@jest/globals'
import { heavyLimits, HeavyTurns, OperationTurn, type HeavyTurn } from './heavy-turns.js'

const never = new AbortController().signal

/** Enters, and notes in the list when it may run. */
async function enter(turns: HeavyTurns, address: string, cost: number, started: string[]): Promise<HeavyTurn> {
  const turn = await turns.enter(address, cost, never)
  started.push(`${address} ${cost}`)
  if (turn === undefined) throw new Error('It was light.')
  return turn
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('light operations never wait', async () => {
  const turns = new HeavyTurns({ ...heavyLimits, reading: 0 })
  expect(await turns.enter('a', heavyLimits.from - 1, never)).toBeUndefined()
})

test('heavy ones of an address run beside each other as far as its cost goes, then in turn', async () => {
  const turns = new HeavyTurns()
  const started: string[] = []
  const first = enter(turns, 'a', 60_000, started)
  const second = enter(turns, 'a', 40_000, started)
  const third = enter(turns, 'a', 50_000, started)
  await Promise.all([first, second])
  expect(started).toEqual(['a 60000', 'a 40000'])
  const ended = await second
  ended.leave()
  ended.leave()
  await settled()
  expect(started).toHaveLength(2)
  ;(await first).leave()
  ;(await third).leave()
  expect(started).toEqual(['a 60000', 'a 40000', 'a 50000'])
})

test('another address does not wait for what one has under way, and they take turns', async () => {
  const turns = new HeavyTurns({ ...heavyLimits, reading: 2 })
  const started: string[] = []
  const first = enter(turns, 'a', 100_000, started)
  const waiting = [1, 2, 3].map((extra) => enter(turns, 'a', 90_000 + extra, started))
  const others = [1, 2].map((extra) => enter(turns, 'b', 90_000 + extra, started))
  await settled()
  expect(started).toEqual(['a 100000', 'b 90001'])
  for (const each of [first, others[0], waiting[0], others[1], waiting[1], waiting[2]]) {
    const turn = await each
    turn?.leave()
  }
  expect(started).toEqual(['a 100000', 'b 90001', 'a 90001', 'b 90002', 'a 90002', 'a 90003'])
})

test('one that costs more than an address may have runs alone', async () => {
  const turns = new HeavyTurns({ ...heavyLimits, perAddress: 5_000 })
  const started: string[] = []
  ;(await enter(turns, 'a', 9_000, started)).leave()
  expect(started).toEqual(['a 9000'])
})

test('too many, and those whose turn does not come, are told to ask later', async () => {
  const turns = new HeavyTurns({ ...heavyLimits, waiting: 1, patienceMs: 20 })
  const turn = await enter(turns, 'a', 100_000, [])
  const waits = turns.enter('a', 100_000, never)
  await expect(turns.enter('a', 100_000, never)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  await expect(waits).rejects.toMatchObject({ code: 'RATE_LIMITED' })
  turn.leave()
  expect(await turns.enter('a', 100_000, never)).toBeDefined()
})

test('who leaves while waiting makes room', async () => {
  const turns = new HeavyTurns()
  const started: string[] = []
  const first = await enter(turns, 'a', 100_000, started)
  const abort = new AbortController()
  const waits = turns.enter('a', 100_000, abort.signal)
  const after = enter(turns, 'a', 50_000, started)
  abort.abort(new Error('gone'))
  await expect(waits).rejects.toThrow('gone')
  first.leave()
  await after
  expect(started).toEqual(['a 100000', 'a 50000'])
})

test('answers that are not taken hold back only those of their address', async () => {
  const turns = new HeavyTurns({ ...heavyLimits, reading: 2, readingPerAddress: 1 })
  const started: string[] = []
  const untaken = await enter(turns, 'a', 100_000, started)
  untaken.read()
  const held = enter(turns, 'a', 50_000, started)
  for (const address of ['b', 'c', 'd']) (await enter(turns, address, 100_000, started)).read()
  expect(started).toEqual(['a 100000', 'b 100000', 'c 100000', 'd 100000'])
  untaken.leave()
  await held
})

test('one address does not read in all of the places', async () => {
  const turns = new HeavyTurns({ ...heavyLimits, reading: 3, readingPerAddress: 2 })
  const started: string[] = []
  const first = enter(turns, 'a', 3_000, started)
  const others = [enter(turns, 'a', 3_000, started), enter(turns, 'a', 3_000, started)]
  await settled()
  await enter(turns, 'b', 3_000, started)
  expect(started).toEqual(['a 3000', 'a 3000', 'b 3000'])
  ;(await first).read()
  await Promise.all(others)
})

test('an operation that is run again keeps its turn', async () => {
  const turns = new HeavyTurns()
  const operation = new OperationTurn(turns, 'a', never)
  await operation.admit(60_000)
  await operation.admit(60_000)
  operation.read()?.()
  await new OperationTurn(turns, 'a', never).admit(100_000)
  expect(new OperationTurn(turns, 'a', never).read()).toBeUndefined()
})
