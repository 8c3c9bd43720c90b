import { expect, test } from '@jest/globals'
import { SourceFault } from '../../errors/source-fault.js'
import { CircuitBreaker } from './circuit-breaker.js'

const down = (): Promise<never> => Promise.reject(new SourceFault('UNREACHABLE'))

test('a source that fails again and again is left alone, then tried once', async () => {
  const breaker = new CircuitBreaker({ faults: 3, pauseMs: 50 })
  let tries = 0
  const failing = (): Promise<never> => {
    tries += 1
    return down()
  }
  for (let round = 0; round < 3; round += 1)
    await expect(breaker.run(failing)).rejects.toMatchObject({ code: 'UNREACHABLE' })
  await expect(breaker.run(failing)).rejects.toMatchObject({ code: 'BUSY', details: { seconds: 1 } })
  expect(tries).toBe(3)
  let answer: string | undefined
  while (answer === undefined) {
    answer = await breaker.run(() => Promise.resolve('back')).catch(() => undefined)
    await new Promise(setImmediate)
  }
  expect(await breaker.run(() => Promise.resolve('still there'))).toBe('still there')
})

test('data that does not fit says nothing about whether the source answers', async () => {
  const breaker = new CircuitBreaker({ faults: 1, pauseMs: 60_000 })
  const unfit = (): Promise<never> =>
    Promise.reject(new SourceFault('NOT_DATA', { expected: 'JSON', detail: 'a page' }))
  for (let round = 0; round < 3; round += 1)
    await expect(breaker.run(unfit)).rejects.toMatchObject({ code: 'NOT_DATA' })
})
