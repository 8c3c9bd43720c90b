import { expect, test } from '@jest/globals'
import { answerLookedUp } from './bring-up-to-date.js'
import { dueMarker } from './due-keys.js'
import { RawJson } from './raw-json.js'

const beds = 8
const signal = new AbortController().signal

/** A bed service and what is stored of it; the answer shows a record, and below it the record that it names. */
function world(told: Readonly<Record<string, string | undefined>>) {
  const stored = new Map<string, string>()
  const asked: (readonly string[])[] = []
  const questions: boolean[] = []
  const shown = (key: string, tellDue: boolean): unknown => {
    const next = stored.get(key)
    if (next === undefined) return tellDue ? { [`${dueMarker}${beds}`]: key } : null
    return { key, next: next === '' ? null : shown(next, tellDue) }
  }
  const sources = {
    lookUp: (_resource: number, keys: readonly string[]) => {
      asked.push(keys)
      for (const key of keys) if (told[key] !== undefined) stored.set(key, told[key])
      return Promise.resolve()
    },
    resources: () => [],
    typesWithRetiredRows: () => new Set<string>(),
    bringUpToDate: () => Promise.resolve(),
  }
  const answer = async (levels: number): Promise<unknown> => {
    const { answers } = await answerLookedUp({ sources, signal }, levels, (tellDue) => {
      questions.push(tellDue)
      const json = new RawJson(Buffer.from(JSON.stringify(shown('a', tellDue))))
      return Promise.resolve({ answers: [[{ json, fetched: [], tokens: undefined }]] })
    })
    return JSON.parse(answers[0]?.[0]?.json.text ?? '')
  }
  return { answer, asked, questions }
}

test('a record that is looked up below one that was looked up is found in the same answer', async () => {
  const { answer, asked, questions } = world({ a: 'b', b: '' })
  expect(await answer(2)).toEqual({ key: 'a', next: { key: 'b', next: null } })
  expect(asked).toEqual([['a'], ['b']])
  expect(questions).toEqual([true, true, false])
  expect(await answer(2)).toEqual({ key: 'a', next: { key: 'b', next: null } })
  expect(questions).toEqual([true, true, false, true])
})

test('a source that does not answer is asked once, however deep the question is', async () => {
  const { answer, asked, questions } = world({})
  expect(await answer(3)).toBeNull()
  expect(asked).toEqual([['a']])
  expect(questions).toEqual([true, true, false])
})

test('where nothing can be looked up nobody asks what is due', async () => {
  const { answer, questions } = world({})
  await answer(0)
  expect(questions).toEqual([false])
})
