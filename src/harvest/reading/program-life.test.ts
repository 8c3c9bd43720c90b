import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { probeProgram, readingProgram } from '../../../test/support/reading-program.js'
import { until } from '../../../test/support/until.js'
import { startProgram } from './reading-process-start.js'

let parent: string
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'programs-'))
})
afterAll(async () => {
  await rm(parent, { recursive: true })
})

test.each([
  ['reads', readingProgram],
  ['probes', probeProgram],
])(
  'a program that %s leaves no folder behind when whoever started it is gone before it was told anything',
  async (_verb, program) => {
    const folder = await mkdtemp(join(parent, 'one-'))
    const child = startProgram(program, { heapMegabytes: 256, folder })
    child.disconnect()
    await once(child, 'exit')
    expect(await readdir(parent)).toEqual([])
  },
)

test('a program comes after the queries, unless these wait for it', async () => {
  const priorityOf = async (isWaitedFor: boolean): Promise<number> => {
    const folder = await mkdtemp(join(parent, 'three-'))
    const child = startProgram(readingProgram, { heapMegabytes: 256, folder, isWaitedFor })
    await once(child, 'message')
    const priority = getPriority(child.pid)
    child.disconnect()
    await once(child, 'exit')
    return priority
  }
  expect(await priorityOf(false)).toBeGreaterThan(getPriority())
  expect(await priorityOf(true)).toBe(getPriority())
})

test('nor does one that finds that out by a sign of life that it gives', async () => {
  const folder = await mkdtemp(join(parent, 'two-'))
  const child = startProgram(readingProgram, { heapMegabytes: 256, folder })
  await once(child, 'message')
  child.kill('SIGSTOP')
  const stopped = performance.now()
  child.disconnect()
  await until('its next sign of life is due', () => Promise.resolve(performance.now() - stopped > 1_000))
  child.kill('SIGCONT')
  await once(child, 'exit')
  expect(await readdir(parent)).toEqual([])
})
