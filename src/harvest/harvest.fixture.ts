import { z } from 'zod'
import { driver as csv } from '../../connectors/drivers/csv/driver.js'
import { driver as restJson } from '../../connectors/drivers/rest-json/driver.js'
import { driver as xlsx } from '../../connectors/drivers/xlsx/driver.js'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js'
import type { AnyDriver, Drivers } from '../connectors/drivers.js'
import { parseManifest } from '../connectors/manifest/parse-manifest.js'
import { createOutbound, type Outbound } from '../connectors/outbound/outbound.js'
import { openControlDatabase } from '../database/migrate.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import { smallTypes } from '../records/schema/small-types.fixture.js'
import { applyRecordTypes } from '../records/storage/apply-record-types.js'
import { createHarvest, type Harvest, type HarvestSettings } from './harvest.js'
import { applyManifest, type Registered, type RegistrationRules } from './registration/apply-manifest.js'
import { silent } from './silent-logger.fixture.js'
import { Upstream } from './upstream.fixture.js'

export interface PublishedSchool {
  readonly key: string
  readonly name: string
  readonly pupils: number
  readonly version: number
}

/** Whatever a driver's own types are, its schemas are asked before its verbs. */
const anyDriver = z.custom<AnyDriver>((value) => typeof value === 'object' && value !== null && 'scan' in value)

/** A database with the small record types, an agency's system and what a harvest needs to read it. */
export class HarvestBench {
  readonly #harvests: Harvest[] = []

  private constructor(
    readonly database: TestDatabase,
    readonly upstream: Upstream,
    readonly types: RecordTypes,
    readonly drivers: Drivers,
    readonly outbound: Outbound,
  ) {}

  /** With the drivers of tables and the small record types unless others are given. */
  static async open(
    given: { readonly drivers?: Drivers; readonly database?: TestDatabase; readonly types?: RecordTypes } = {},
  ): Promise<HarvestBench> {
    const database = given.database ?? (await createTestDatabase())
    await (await openControlDatabase(database.url)).destroy()
    const types = await applyRecordTypes(database.pool, given.types ?? smallTypes(), { origin: 'file' })
    const upstream = await Upstream.open()
    const outbound = createOutbound()
    outbound.allow(upstream.url)
    const drivers =
      given.drivers ?? new Map([csv, restJson, xlsx].map((driver) => [driver.name, anyDriver.parse(driver)]))
    return new HarvestBench(database, upstream, types, drivers, outbound)
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#harvests.map((harvest) => harvest.stop()))
    await this.outbound[Symbol.asyncDispose]()
    await this.upstream.close()
    await this.database.dispose()
  }

  /** A replica, started; without a schedule unless it is asked for. */
  async replica(settings: Partial<HarvestSettings> = {}): Promise<Harvest> {
    const harvest = createHarvest({
      databaseUrl: this.database.url,
      drivers: this.drivers,
      outbound: this.outbound,
      endpoints: { sample: () => undefined, file: () => Promise.resolve(undefined) },
      types: () => this.types,
      logger: silent,
      timeZone: 'Asia/Ho_Chi_Minh',
      schedule: false,
      limits: { attempts: 1, requestMs: 10_000 },
      ...settings,
    })
    await harvest.start()
    this.#harvests.push(harvest)
    return harvest
  }

  async dataset(code: string): Promise<number> {
    const rows = await this.rows<{ id: number }>(
      `insert into gateway.dataset (code, title_vi, title_en, license) values ($1, $1, $1, 'CC-BY-4.0')
       on conflict (code) do update set code = excluded.code returning id`,
      [code],
    )
    const id = rows[0]?.id
    if (id === undefined) throw new Error('The dataset was not made.')
    return id
  }

  async register(
    source: { connector: string; dataset: string } & Record<string, unknown>,
    rules: RegistrationRules = { origin: 'file' },
  ): Promise<Registered> {
    const manifest = parseManifest(source, this.drivers)
    const datasetId = await this.dataset(source.dataset)
    return await applyManifest(this.database.pool, { manifest, source, datasetId }, rules)
  }

  /** What is published of schools in a dataset, in the order of their keys. */
  async schools(dataset: string): Promise<PublishedSchool[]> {
    return await this.rows<PublishedSchool>(
      `select r._key as key, r.name, r.pupils, r._version as version from records."School" r
       join gateway.dataset d on d.id = r._dataset where d.code = $1 order by r._key`,
      [dataset],
    )
  }

  /** What the newest run of a connector noted. */
  async notesOf(connectorId: number): Promise<{ code: string; columns?: string[] }[]> {
    const [run] = await this.rows<{ notes: { code: string; columns?: string[] }[] }>(
      'select notes from gateway.run where connector_id = $1 order by id desc limit 1',
      [connectorId],
    )
    return run?.notes ?? []
  }

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.database.pool.query<Row>(sql, values)
    return rows
  }
}

export { silent }

/** Schools as an agency has them: the columns `code`, `name` and `pupils`. */
const schoolsResource = {
  name: 'schools',
  recordType: 'School',
  fields: { code: { column: 'code' }, name: { column: 'name' }, pupils: { column: 'pupils' } },
}

/** A manifest over a CSV file of schools. */
export function schoolsManifest(upstream: Upstream, code: string, rest: Record<string, unknown> = {}) {
  return {
    connector: code,
    dataset: code,
    driver: 'csv',
    options: { url: `${upstream.url}/${code}.csv` },
    resources: [schoolsResource],
    refresh: { mode: 'snapshot', every: 'PT24H' },
    ...rest,
  }
}

/** A manifest over a REST service of schools. */
export function schoolsService(
  upstream: Upstream,
  code: string,
  selection: object,
  rest: Record<string, unknown> = {},
) {
  return {
    ...schoolsManifest(upstream, code),
    driver: 'rest-json',
    options: { url: `${upstream.url}/${code}` },
    resources: [{ ...schoolsResource, selection }],
    ...rest,
  }
}

/** CSV of schools with the given codes; each has its position as its number of pupils unless told. */
export function schoolsCsv(
  codes: readonly string[],
  pupils: (code: string, index: number) => string = (_c, i) => `${i}`,
) {
  return ['code,name,pupils', ...codes.map((code, index) => `${code},Trường ${code},${pupils(code, index)}`)].join('\n')
}

/** `a001`, `a002`, … */
export function codes(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(3, '0')}`)
}

/** Polls until the condition holds; the test's time limit is its own. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}
