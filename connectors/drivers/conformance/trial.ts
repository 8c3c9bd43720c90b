import { createOutbound } from '../../../src/connectors/outbound/outbound.js'
import { createSource, type RunSource } from '../../../src/connectors/outbound/source.js'
import type { Credentials } from '../../../src/connectors/outbound/credentials.js'
import { SourceFault, type SourceFaultCode } from '../../../src/errors/source-fault.js'
import type { Driver, SourceRow } from '../driver.js'
import type { DriverFixture, FixtureServer, Scenario } from './driver-fixture.js'

export type TriedDriver = Driver<unknown, unknown>
export type TriedFixture = DriverFixture<unknown, unknown>

/** A driver with its fixture: what the cases are run on. */
export interface Trial {
  readonly driver: TriedDriver
  readonly fixture: TriedFixture
}

/** One run of a driver against its fixture's server, over real HTTP and through the guarded way out. */
export interface TrialRun {
  readonly server: FixtureServer<unknown, unknown>
  readonly source: RunSource<unknown>
  /** Ends the run, as a deadline does. */
  abort(): void
}

export interface RunSettings {
  readonly credentials?: Credentials
  readonly conditional?: boolean
  readonly memory?: Readonly<Record<string, string>>
}

/** Serves the scenario for as long as `use` takes. */
export async function withServer<Result>(
  trial: Trial,
  scenario: Scenario,
  use: (server: FixtureServer<unknown, unknown>) => Promise<Result>,
): Promise<Result> {
  const server = await trial.fixture.serve(scenario)
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}

/** One run against a server that is there already. */
export async function withRun<Result>(
  server: FixtureServer<unknown, unknown>,
  settings: RunSettings,
  use: (run: TrialRun) => Promise<Result>,
): Promise<Result> {
  await using outbound = createOutbound({ allow: '127.0.0.1' })
  const end = new AbortController()
  await using source = createSource<unknown>({
    outbound,
    options: server.options,
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: end.signal,
    limits: { attempts: 1 },
    credentials: settings.credentials,
    memory: settings.memory ?? {},
    conditional: settings.conditional === true ? { fingerprint: 'trial' } : undefined,
  })
  const abort = (): void => {
    end.abort(new SourceFault('INTERRUPTED'))
  }
  return await use({ server, source, abort })
}

export function inRun<Result>(
  trial: Trial,
  scenario: Scenario,
  use: (run: TrialRun) => Promise<Result>,
): Promise<Result> {
  return withServer(trial, scenario, (server) => withRun(server, {}, use))
}

export async function scanAll(trial: Trial, { server, source }: TrialRun, since?: string): Promise<SourceRow[]> {
  const rows: SourceRow[] = []
  for await (const row of trial.driver.scan(source, server.selection, since)) rows.push(row)
  return rows
}

/** The scenario with so many rows of the fixture's columns. */
export function scenarioOf(trial: Trial, rows: number, more: Partial<Scenario> = {}): Scenario {
  const { key, text, digits, number } = trial.fixture.columns
  const columns = [key, text, digits, number?.column].filter((column) => column !== undefined)
  return {
    columns,
    rows: Array.from({ length: rows }, (_unused, at) => {
      const row: Record<string, string> = { [key]: `k-${at + 1}`, [text]: texts[at % texts.length] ?? '' }
      if (digits !== undefined) row[digits] = `00${4021 + at}`
      if (number !== undefined) row[number.column] = number.text
      return row
    }),
    ...more,
  }
}

const texts = [
  'Trường Tiểu học Đống Đa, phường Thị Nại',
  'Chợ "Đầm" mới',
  'Ủy ban nhân dân; bộ phận một cửa',
  'Nguyễn Huệ — số 1',
]

/** The row in the suite's terms. */
export function readRow(trial: Trial, row: SourceRow): Readonly<Record<string, unknown>> {
  return trial.fixture.readRow?.(row) ?? row.values
}

/** Problems when the action does not fail with a SourceFault, of one of these codes when any are given. */
export async function expectFault(
  what: string,
  action: () => Promise<unknown>,
  codes: readonly SourceFaultCode[] = [],
): Promise<string[]> {
  try {
    await action()
  } catch (error) {
    if (!(error instanceof SourceFault))
      return [`${what} fails with something else than a SourceFault: ${String(error)}`]
    if (codes.length === 0 || codes.includes(error.code)) return []
    return [`${what} fails with ${error.code} (${error.message}), expected ${codes.join(' or ')}`]
  }
  return [`${what} passes as if nothing were wrong`]
}
