import { expect, test } from '@jest/globals'
import { NotModified } from '../../../connectors/drivers/driver.js'
import { SourceStates } from './source-states.js'

type States = Readonly<Record<string, string | undefined>>

/** What a run that reads these parts remembers, or throws; and of which parts it asked the state before it read the first. */
async function run(states: States, memory: string | undefined, fingerprint: string | undefined = 'one') {
  const asked: string[] = []
  const run = new SourceStates(memory, fingerprint)
  for (const part of Object.keys(states)) {
    await run.compare(part, (of) => {
      asked.push(of)
      return Promise.resolve(states[of])
    })
  }
  return { memory: run.text(), asked }
}

test('a source whose parts are all as they were is not read again', async () => {
  const { memory } = await run({ a: '1', b: '1' }, undefined)
  await expect(run({ a: '1', b: '1' }, memory)).rejects.toThrow(NotModified)
})

test('a later part that has changed has all of them read, and nothing ends the run midway', async () => {
  const { memory } = await run({ a: '1', b: '1' }, undefined)
  const second = await run({ a: '1', b: '2' }, memory)
  expect(second.asked).toEqual(['a', 'b', 'a', 'b'])
  await expect(run({ a: '1', b: '2' }, second.memory)).rejects.toThrow(NotModified)
})

test('a part whose state is not known keeps the whole from being taken for unchanged', async () => {
  expect((await run({ a: '1', b: undefined }, undefined)).memory).toBeUndefined()
  const { memory } = await run({ a: '1', b: '1' }, undefined)
  expect((await run({ a: '1', b: undefined }, memory)).asked).toEqual(['a', 'b', 'a', 'b'])
})

test.each([
  ['the same source is to be read differently', 'two'],
  ['everything is to be read', undefined],
])('nothing counts as unchanged when %s', async (_when, fingerprint) => {
  const { memory } = await run({ a: '1' }, undefined)
  const states = new SourceStates(memory, fingerprint)
  await expect(states.compare('a', () => Promise.resolve('1'))).resolves.toBeUndefined()
})
