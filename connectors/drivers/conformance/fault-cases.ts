import type { SourceFaultCode } from '../../../src/errors/source-fault.js'
import { NotModified } from '../driver.js'
import type { Case } from './conformance-case.js'
import type { FaultKind } from './driver-fixture.js'
import { expectFault, inRun, scanAll, scenarioOf, withRun, withServer, type Trial } from './trial.js'

/** What must happen when the source is broken, refuses, hangs or has nothing new. */
export const faultCases: readonly Case[] = [
  { name: 'cut off', applies: scans, problems: (trial) => scanFaults(trial, 'truncated', ['TRUNCATED']) },
  {
    name: 'half a document',
    applies: (trial) => scans(trial) && trial.fixture.showsItsEnd,
    problems: (trial) => scanFaults(trial, 'half'),
  },
  { name: 'a page in place of data', applies: scans, problems: (trial) => scanFaults(trial, 'html') },
  {
    name: 'an error with status 200',
    applies: (trial) => scans(trial) && trial.fixture.errorWith200 !== undefined,
    problems: (trial) => scanFaults(trial, 'error-with-200'),
  },
  {
    name: 'an error status',
    applies: () => true,
    async problems(trial) {
      return [
        ...(await scanFaults(trial, 'error-status', ['BAD_STATUS'])),
        ...(await checkFault(trial, 'error-status', 'BAD_STATUS')),
      ]
    },
  },
  {
    name: 'refused credentials',
    applies: () => true,
    async problems(trial) {
      return [
        ...(await scanFaults(trial, 'unauthorised', ['UNAUTHORISED'])),
        ...(await checkFault(trial, 'unauthorised', 'UNAUTHORISED')),
      ]
    },
  },
  {
    name: 'credentials are sent',
    applies: scans,
    problems: (trial) =>
      withServer(trial, scenarioOf(trial, 7, trial.fixture.paged ? { pageSize: 3 } : {}), async (server) => {
        await withRun(server, { credentials: { kind: 'bearer', token: 'key-of-the-suite' } }, (run) =>
          scanAll(trial, run),
        )
        return server.requests
          .filter(({ headers }) => headers['authorization'] !== 'Bearer key-of-the-suite')
          .map(({ url }) => `${url} was asked without the credentials`)
      }),
  },
  {
    name: 'an abort',
    applies: scans,
    problems: (trial) =>
      inRun(trial, scenarioOf(trial, 7, { fault: { kind: 'stall', after: 0 } }), async (run) => {
        const scan = expectFault('an aborted scan', () => scanAll(trial, run), ['INTERRUPTED'])
        if (!(await within(5000, () => run.server.requests.length > 0))) return ['the scan asks for nothing']
        run.abort()
        let ended = false
        const problems = scan.finally(() => {
          ended = true
        })
        if (!(await within(2000, () => ended))) return ['a scan goes on for 2 s after it was aborted']
        const closed = await within(2000, () => run.server.openConnections === 0)
        return [...(await problems), ...(closed ? [] : ['an aborted scan leaves its connection open'])]
      }),
  },
  {
    name: 'not modified',
    applies: (trial) => scans(trial) && trial.driver.capabilities.conditional,
    problems: (trial) =>
      withServer(trial, scenarioOf(trial, 7, { conditional: true }), async (server) => {
        const memory = await withRun(server, { conditional: true }, async (run) => {
          await scanAll(trial, run)
          return run.source.memory()
        })
        const second = await withRun(server, { conditional: true, memory }, async (run) => {
          try {
            return `${(await scanAll(trial, run)).length} rows`
          } catch (error) {
            return error instanceof NotModified ? undefined : String(error)
          }
        })
        return second === undefined ? [] : [`a second scan of an unchanged source gives ${second}, not NotModified`]
      }),
  },
]

function scans({ driver }: Trial): boolean {
  return driver.capabilities.scan
}

/** Scans a source whose first answer is faulty and, when it pages, one that breaks after a good page. */
async function scanFaults(trial: Trial, kind: FaultKind, codes: readonly SourceFaultCode[] = []): Promise<string[]> {
  if (!scans(trial)) return []
  const problems: string[] = []
  for (const after of trial.fixture.paged ? [0, 1] : [0]) {
    const paging = after > 0 ? { pageSize: 3 } : {}
    const scenario = scenarioOf(trial, 7, { ...paging, fault: { kind, after } })
    problems.push(
      ...(await inRun(trial, scenario, (run) =>
        expectFault(`a scan with ${kind} after ${after} good answers`, () => scanAll(trial, run), codes),
      )),
    )
  }
  return problems
}

function checkFault(trial: Trial, kind: FaultKind, code: SourceFaultCode): Promise<string[]> {
  return inRun(trial, scenarioOf(trial, 7, { fault: { kind, after: 0 } }), ({ source }) =>
    expectFault(`check with ${kind}`, () => trial.driver.check(source), [code]),
  )
}

/** Waits until the condition holds; false when it does not within so many milliseconds. */
async function within(milliseconds: number, holds: () => boolean): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (!holds()) {
    if (performance.now() > end) return false
    await new Promise((resume) => setTimeout(resume, 5))
  }
  return true
}
