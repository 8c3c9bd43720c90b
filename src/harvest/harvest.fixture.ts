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

  /** With the drivers of tables unless others are given. */
  static async open(
    given: { readonly drivers?: Drivers; readonly database?: TestDatabase } = {},
  ): Promise<HarvestBench> {
    const database = given.database ?? (await createTestDatabase())
    await (await openControlDatabase(database.url)).destroy()
    const types = await applyRecordTypes(database.pool, smallTypes(), { origin: 'file' })
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

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.database.pool.query<Row>(sql, values)
    return rows
  }
}

export { silent }

/** A manifest over a CSV file of schools: `code,name,pupils`. */
export function schoolsManifest(upstream: Upstream, code: string, rest: Record<string, unknown> = {}) {
  return {
    connector: code,
    dataset: code,
    driver: 'csv',
    options: { url: `${upstream.url}/${code}.csv` },
    resources: [
      {
        name: 'schools',
        recordType: 'School',
        fields: { code: { column: 'code' }, name: { column: 'name' }, pupils: { column: 'pupils' } },
      },
    ],
    refresh: { mode: 'snapshot', every: 'PT24H' },
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
