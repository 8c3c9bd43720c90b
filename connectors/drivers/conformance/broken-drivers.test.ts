import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import type { Source, SourceRow } from '../driver.js'
import { allCases } from './all-cases.js'
import type { ConformanceCase } from './driver-fixture.js'
import { keysUrl, lineDriver, linesUrl, lineFixture, numbered, readPage, type LineDriver } from './line-driver.js'
import type { TriedDriver, TriedFixture } from './trial.js'

type Lines = Source<{ url: string }>

const scanning = (
  scan: (source: Lines, selection: Record<string, never>, since?: string) => AsyncIterable<SourceRow>,
): Partial<LineDriver> => ({ scan })

async function* pagesOf(source: Lines): AsyncGenerator<readonly Readonly<Record<string, string>>[], void, undefined> {
  let next: string | null = source.options.url
  while (next !== null) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(source, next)
    yield page.rows
    next = page.next
  }
}

async function* withEachRow(
  source: Lines,
  change: (row: SourceRow) => SourceRow,
): AsyncGenerator<SourceRow, void, undefined> {
  for await (const row of lineDriver.scan(source, {})) yield change(row)
}

/** Ways to be wrong, each with a case that must notice. */
const broken: readonly { how: string; noticedBy: ConformanceCase; driver: Partial<LineDriver> }[] = [
  {
    how: 'drops the last page',
    noticedBy: 'pages',
    driver: scanning(async function* (source) {
      let held: readonly Readonly<Record<string, string>>[] | undefined
      let pages = 0
      let read = 0
      for await (const rows of pagesOf(source)) {
        if (held !== undefined) yield* numbered(held, read)
        read += held?.length ?? 0
        held = rows
        pages += 1
      }
      if (held !== undefined && pages === 1) yield* numbered(held, read)
    }),
  },
  {
    how: 'repeats a page',
    noticedBy: 'pages',
    driver: scanning(async function* (source) {
      let read = 0
      for await (const rows of pagesOf(source)) {
        yield* numbered(rows, read)
        if (read === 3) yield* numbered(rows, 100)
        read += rows.length
      }
    }),
  },
  {
    how: 'reads an error with status 200 as no rows',
    noticedBy: 'an error with status 200',
    driver: scanning(async function* (source) {
      const page = z.object({ rows: z.array(z.record(z.string(), z.string())).default([]) })
      yield* numbered(page.parse(JSON.parse(await (await source.request(source.options.url)).text())).rows, 0)
    }),
  },
  {
    how: 'ends quietly when a later page fails',
    noticedBy: 'an error status',
    driver: scanning(async function* (source) {
      let read = 0
      try {
        for await (const rows of pagesOf(source)) {
          yield* numbered(rows, read)
          read += rows.length
        }
      } catch (error) {
        if (read === 0) throw error
      }
    }),
  },
  {
    how: 'keeps what came of a cut-off body',
    noticedBy: 'cut off',
    driver: scanning(async function* (source) {
      const answer = await source.request(source.options.url)
      let text = ''
      try {
        for await (const chunk of answer.body) text += Buffer.from(chunk).toString()
      } catch {
        text = text.replace(/,[^,]*$/, '')
      }
      yield* numbered(
        [...text.matchAll(/"id":"([^"]*)"/g)].map(([, id]) => ({ id: id ?? '' })),
        0,
      )
    }),
  },
  {
    how: 'expands entities',
    noticedBy: 'entity expansion',
    driver: scanning(async function* (source) {
      const body = await (await source.request(source.options.url)).text()
      yield* numbered([{ id: 'k-1', name: body.replace(/^<!DOCTYPE[^]*\]>/, '') }], 0)
    }),
  },
  {
    how: 'fetches what an entity names',
    noticedBy: 'external entities',
    driver: scanning(async function* (source) {
      const body = await (await source.request(source.options.url)).text()
      for (const [, url] of body.matchAll(/SYSTEM "(http[^"]*)"/g)) await (await fetch(url ?? '')).text()
      yield* lineDriver.scan(source, {})
    }),
  },
  {
    how: 'makes numbers of digits',
    noticedBy: 'text is kept',
    driver: scanning((source) =>
      withEachRow(source, (row) => ({ ...row, values: { ...row.values, code: String(Number(row.values['code'])) } })),
    ),
  },
  {
    how: 'rounds numbers',
    noticedBy: 'numbers are kept',
    driver: scanning((source) =>
      withEachRow(source, (row) => ({
        ...row,
        values: { ...row.values, amount: String(Number(row.values['amount'])) },
      })),
    ),
  },
  {
    how: 'counts rows anew on each page',
    noticedBy: 'rows are numbered',
    driver: scanning(async function* (source) {
      for await (const rows of pagesOf(source)) yield* numbered(rows, 0)
    }),
  },
  {
    how: 'fails on a source without rows',
    noticedBy: 'no rows',
    driver: scanning(async function* (source) {
      let read = 0
      for await (const row of lineDriver.scan(source, {})) {
        read += 1
        yield row
      }
      if (read === 0) throw new Error('no first row')
    }),
  },
  {
    how: 'goes on after an abort',
    noticedBy: 'an abort',
    driver: scanning(async function* (source) {
      try {
        for await (const row of lineDriver.scan(source, {})) yield row
      } catch {
        yield { number: 1, values: {} }
      }
    }),
  },
  {
    how: 'remembers nothing of what it read',
    noticedBy: 'not modified',
    driver: scanning(async function* (source) {
      const answer = await source.request(`${source.options.url}?at=${performance.now()}`)
      await answer.bytes()
      yield* lineDriver.scan(source, {})
    }),
  },
  {
    how: 'reads everything when only changes are asked for',
    noticedBy: 'only what changed',
    driver: scanning((source) => lineDriver.scan(source, {})),
  },
  {
    how: 'leaves no mark',
    noticedBy: 'only what changed',
    driver: scanning(async function* (source) {
      let read = 0
      for await (const rows of pagesOf(source)) {
        yield* numbered(rows, read)
        read += rows.length
      }
    }),
  },
  {
    how: 'leaves a mark beyond what it has read',
    noticedBy: 'only what changed',
    driver: scanning(async function* (source, selection, since) {
      yield* lineDriver.scan(source, selection, since)
      source.mark('2025-12-31T00:00:00.000Z')
    }),
  },
  {
    how: 'forgets the mark on later pages',
    noticedBy: 'changes in pages',
    driver: scanning(async function* (source, _selection, since) {
      let read = 0
      let next: string | null = linesUrl(source, since)
      while (next !== null) {
        const page: Awaited<ReturnType<typeof readPage>> = await readPage(source, next)
        yield* numbered(page.rows, read)
        read += page.rows.length
        next = page.next?.replace(/&since=.*/, '') ?? null
      }
    }),
  },
  {
    how: 'takes a failed reading of changes for no changes',
    noticedBy: 'faults among changes',
    driver: scanning(async function* (source, selection, since) {
      try {
        yield* lineDriver.scan(source, selection, since)
      } catch (error) {
        if (since === undefined) throw error
      }
    }),
  },
  {
    how: 'gives the rows of a lookup to the keys in order',
    noticedBy: 'lookup',
    driver: {
      async lookup(source, _selection, keys) {
        const wanted = keys.filter((key) => key.startsWith('k-'))
        const { rows } = await readPage(source, keysUrl(source, [...new Set(wanted)]))
        return new Map(numbered(rows, 0).map((row, at) => [[...new Set(wanted)][at] ?? '', row]))
      },
    },
  },
  {
    how: 'asks for one key after the other',
    noticedBy: 'lookup',
    driver: {
      async lookup(source, selection, keys) {
        const found = new Map<string, SourceRow>()
        for (const key of keys) {
          for (const [name, row] of (await lineDriver.lookup?.(source, selection, [key])) ?? []) found.set(name, row)
        }
        return found
      },
    },
  },
  {
    how: 'takes a failed lookup for unknown keys',
    noticedBy: 'lookup fault',
    driver: {
      lookup: async (source, selection, keys) => {
        try {
          return (await lineDriver.lookup?.(source, selection, keys)) ?? new Map<string, SourceRow>()
        } catch {
          return new Map<string, SourceRow>()
        }
      },
    },
  },
  {
    how: 'describes more rows than were asked for',
    noticedBy: 'describe',
    driver: { describe: (source) => lineDriver.describe(source, 100) },
  },
  {
    how: 'checks nothing',
    noticedBy: 'refused credentials',
    driver: { check: () => Promise.resolve() },
  },
]

const caseNamed = (name: ConformanceCase) => allCases.find((one) => one.name === name)!
const tried = (driver: LineDriver): { driver: TriedDriver; fixture: TriedFixture } => ({ driver, fixture: lineFixture })

describe('the conformance suite', () => {
  test.each(allCases)('lets a correct driver pass: $name', async (one) => {
    expect(one.applies(tried(lineDriver))).toBe(true)
    expect(await one.problems(tried(lineDriver))).toEqual([])
  })

  test.each(broken)('notices a driver that $how', async ({ noticedBy, driver }) => {
    const problems = await caseNamed(noticedBy)
      .problems(tried({ ...lineDriver, ...driver }))
      .catch((error: unknown) => [String(error)])
    expect(problems).not.toEqual([])
  })
})
