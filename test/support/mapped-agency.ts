import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'
import type { SourceRow } from '../../connectors/drivers/driver.js'
import type { RunningAgency, SampleAgency } from '../../examples/agencies/sample-agency.js'
import { loadDrivers, type AnyDriver, type Drivers } from '../../src/connectors/drivers.js'
import type { Manifest } from '../../src/connectors/manifest/manifest.js'
import { parseManifest } from '../../src/connectors/manifest/parse-manifest.js'
import type { MappedRow } from '../../src/connectors/mapping/mapped-row.js'
import { mapResource, mapRows, type MappingContext } from '../../src/connectors/mapping/map-resource.js'
import type { ReferenceResolver } from '../../src/connectors/mapping/reference-resolver.js'
import { withEndpoints, type EndpointResolver } from '../../src/connectors/outbound/endpoint-resolver.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { createSource, type RunSource } from '../../src/connectors/outbound/source.js'
import { loadRecordTypes } from '../../src/records/schema/load-record-types.js'
import type { RecordType, RecordTypes } from '../../src/records/schema/record-type.js'
import { repository } from './gateway-world.js'
import { collected } from './reading.js'

export interface MappedResource {
  readonly name: string
  readonly type: RecordType
  /** As a run maps them, and before it checks them. */
  readonly rows: readonly MappedRow[]
}

export interface MappedAgency {
  /** The resources of a manifest of the agency's folder; of a lookup, the rows of these keys. Only within tests. */
  read(connector: string, keys?: readonly string[]): Promise<MappedResource[]>
}

/** For the top of a test file: a sample agency that runs for its tests, and what its manifests make of it without a gateway. */
export function mappedAgency(agency: SampleAgency, references: ReferenceResolver): MappedAgency {
  const outbound = createOutbound()
  let running: RunningAgency | undefined
  let drivers: Drivers = new Map()
  let types: RecordTypes | undefined
  beforeAll(async () => {
    running = await agency.listen(0)
    outbound.allow(running.url)
    drivers = await loadDrivers()
    types = await loadRecordTypes(join(repository, 'schema'))
  })
  afterAll(async () => {
    await outbound[Symbol.asyncDispose]()
    await running?.close()
  })
  const endpoints: EndpointResolver = {
    sample: (code) => (code === agency.code ? running?.url : undefined),
    file: () => Promise.resolve(undefined),
  }
  const contextOf = (manifest: Manifest, recordType: RecordType): MappingContext => ({
    ...{ recordType, dataset: manifest.dataset, references, endpoints },
    ...{ today: '2025-07-01', timeOffset: '+07:00' },
  })

  return {
    async read(connector, keys) {
      const file = join(repository, 'connectors', agency.code, `${connector}.yaml`)
      const manifest = parseManifest(await readFile(file, 'utf8'), drivers, file)
      const driver = drivers.get(manifest.driver)
      if (driver === undefined) throw new Error(`There is no driver ${manifest.driver}.`)
      await using source = createSource<unknown>({
        outbound,
        options: driver.options.parse(withEndpoints(manifest.options, endpoints)),
        resolver: endpoints,
        signal: new AbortController().signal,
      })
      const read: MappedResource[] = []
      for (const resource of manifest.resources) {
        const type = types?.types.get(resource.recordType)
        if (type === undefined) throw new Error(`There is no record type ${resource.recordType}.`)
        const context = contextOf(manifest, type)
        const rows =
          keys === undefined
            ? mapResource(resource, manifest.options, driver, source, context)
            : mapRows(foundRows(driver, source, resource.selection, keys), resource, context)
        read.push({ name: resource.name, type, rows: await collected(rows) })
      }
      return read
    },
  }
}

async function* foundRows(
  driver: AnyDriver,
  source: RunSource<unknown>,
  selection: unknown,
  keys: readonly string[],
): AsyncGenerator<SourceRow> {
  const found = await driver.lookup?.(source, driver.selection.parse(selection), keys)
  yield* found?.values() ?? []
}
