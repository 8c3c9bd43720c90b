import { setImmediate } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { until } from '../../../test/support/until.js'
import { Credits } from './credits.js'
import { Pace, restOwed } from './pace.js'
import { QuestionClock } from './question-clock.js'
import { ThreadSnapshots } from './thread-snapshots.js'

const options = { url: 'postgres://127.0.0.1:9/none', size: 1, statementTimeoutMs: 1000 }

test('who waits for a thread that dies is told, and why it died is reported', async () => {
  const reported: unknown[] = []
  const dying = { module: new URL(`data:text/javascript,throw new Error('out of memory')`), nodeOptions: [] }
  const snapshots = new ThreadSnapshots(options, dying, new QuestionClock(), (error) => reported.push(error))
  await expect(snapshots.open()).rejects.toThrow('The thread that makes files has ended.')
  // Each time a new one is started.
  await expect(snapshots.open()).rejects.toThrow('The thread that makes files has ended.')
  await until('both deaths were reported', () => Promise.resolve(reported.length === 2))
  await snapshots.dispose()
})

test('a piece may be sent for each credit, and nobody waits for ever', async () => {
  const credits = new Credits(1)
  await credits.take()
  const second = credits.take()
  credits.give()
  await second
  const third = credits.take()
  credits.end(new Error('left'))
  await expect(third).rejects.toThrow('left')
  await expect(credits.take()).rejects.toThrow('left')
})

test('a file rests until the thread has worked no more than a third of the time, and only while somebody asks', async () => {
  expect(restOwed({ active: 5, at: 100 }, { active: 15, at: 110 })).toBe(20)
  expect(restOwed({ active: 5, at: 100 }, { active: 15, at: 130 })).toBe(0)
  expect(restOwed({ active: 5, at: 100 }, { active: 1005, at: 1100 })).toBe(100)

  const questions = new QuestionClock()
  const elsewhere = new QuestionClock(questions.memory)
  let worked = 0
  const pace = new Pace(
    () => elsewhere.isBusy(),
    () => ({ active: (worked += 10), at: worked }),
  )
  const isResting = async (): Promise<boolean> => {
    const rested = pace.rest().then(() => false)
    const resting = await Promise.race([rested, setImmediate(true)])
    await rested
    return resting
  }
  expect(await isResting()).toBe(false)
  questions.asked()
  expect(await isResting()).toBe(true)
})
