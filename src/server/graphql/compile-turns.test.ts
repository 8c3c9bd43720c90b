import { expect, test } from '@jest/globals'
import { ServerBench } from '../server.fixture.js'
import { compileLimits, CompileTurns } from './compile-turns.js'

const never = new AbortController().signal

/** Stands for a compilation: nothing else is done meanwhile. */
function compile(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

test('one that comes alone begins at once', async () => {
  const turns = new CompileTurns()
  let begun = false
  void turns.enter('a', never).then(() => {
    begun = true
  })
  await Promise.resolve()
  await Promise.resolve()
  expect(begun).toBe(true)
})

test('between two that come together, others are served for as long as the one before took', async () => {
  const turns = new CompileTurns()
  const began: number[] = []
  const compiled = [1, 2, 3].map(async () => {
    await turns.enter('a', never)
    began.push(performance.now())
    compile(40)
  })
  await Promise.all(compiled)
  const [first = 0, second = 0, third = 0] = began
  expect(second - first).toBeGreaterThanOrEqual(79)
  expect(third - second).toBeGreaterThanOrEqual(79)
})

test('addresses take turns', async () => {
  const turns = new CompileTurns()
  const order: string[] = []
  const enter = async (address: string): Promise<void> => {
    await turns.enter(address, never)
    order.push(address)
  }
  await Promise.all(['a', 'a', 'a', 'a', 'b', 'b', 'c'].map(enter))
  expect(order).toEqual(['a', 'a', 'b', 'c', 'a', 'b', 'a'])
})

test('too many, and those whose turn does not come, are told to ask later', async () => {
  const turns = new CompileTurns({ ...compileLimits, waiting: 1, patienceMs: 20 })
  const waits = turns.enter('a', never).then(async () => {
    const waiting = turns.enter('a', never)
    await expect(turns.enter('a', never)).rejects.toMatchObject({ code: 'RATE_LIMITED' })
    compile(60)
    return waiting
  })
  await expect(waits).rejects.toMatchObject({ code: 'RATE_LIMITED' })
})

test('who leaves while waiting makes room', async () => {
  const turns = new CompileTurns({ ...compileLimits, waiting: 1 })
  await turns.enter('a', never)
  const abort = new AbortController()
  const waits = turns.enter('a', abort.signal)
  abort.abort(new Error('gone'))
  await expect(waits).rejects.toThrow('gone')
  await turns.enter('a', never)
})

test('a burst of texts that never came before does not keep a known query waiting', async () => {
  const bench = await ServerBench.open()
  try {
    const known = { query: '{ hello }' }
    await bench.post(known)
    let left = 25
    const burst = Array.from({ length: left }, async (_, index) => {
      const query = `query New${index} { self { ${'... on Query { hello number(value: 1) } '.repeat(80)} } }`
      const { status } = await bench.post({ query })
      left -= 1
      return status
    })
    let answered = 0
    while (left > 0) {
      await bench.post(known)
      answered += 1
    }
    expect(new Set(await Promise.all(burst))).toEqual(new Set([200]))
    expect(answered).toBeGreaterThan(12)
  } finally {
    await bench.close()
  }
})
