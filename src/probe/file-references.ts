import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Drivers } from '../connectors/drivers.js'
import type { Manifest } from '../connectors/manifest/manifest.js'
import { ManifestError, parseManifest } from '../connectors/manifest/parse-manifest.js'
import { designationField, writtenOut } from '../connectors/mapping/designated-names.js'
import { mapResource } from '../connectors/mapping/map-resource.js'
import type { ReferenceQuestion } from '../connectors/mapping/reference-resolver.js'
import { folded } from '../connectors/mapping/text-folding.js'
import { withEndpoints, type EndpointResolver } from '../connectors/outbound/endpoint-resolver.js'
import type { Outbound } from '../connectors/outbound/outbound.js'
import { createSource } from '../connectors/outbound/source.js'
import type { RecordType, RecordTypes } from '../records/schema/record-type.js'
import { createRowValidator } from '../records/schema/validate-row.js'
import type { ReferencePorts } from './places.js'

export interface FileReferenceSettings {
  /** The folder of manifests. */
  readonly folder: string
  readonly drivers: Drivers
  readonly outbound: Outbound
  readonly endpoints: EndpointResolver
  readonly types: RecordTypes
  readonly today: string
  readonly timeOffset: string
}

interface KnownRecord {
  readonly key: string
  readonly values: ReadonlyMap<string, string>
}

/**
 * Codes and names of records as their own manifests give them, for checking a manifest where there is no database: each dataset
 * that is referred to is read once, from its source.
 */
export function fileReferences(settings: FileReferenceSettings): ReferencePorts {
  const datasets = new Map<string, Promise<readonly KnownRecord[]>>()
  const recordsOf = (target: string, dataset: string): Promise<readonly KnownRecord[]> => {
    const id = `${dataset} ${target}`
    const known = datasets.get(id)
    if (known !== undefined) return known
    const read = readRecords(settings, target, dataset)
    datasets.set(id, read)
    return read
  }
  return {
    resolver: {
      async resolve({ target, dataset, by, value, on, kinds }) {
        const type = settings.types.types.get(target)
        const all = (await recordsOf(target, dataset)).filter(
          (record) => type !== undefined && isValid(record, type, on) && isOf(record, kinds),
        )
        const exact = all.filter(({ values }) => values.get(by) === value)
        const alike = by === 'code' || exact.length > 0 ? exact : all.filter((one) => sameName(one, value))
        const found = by === 'code' || alike.length > 0 ? alike : all.filter((one) => sameWholeName(one, value))
        return found.length === 1 ? found[0]?.key : undefined
      },
    },
    async kinds(target, dataset, keys) {
      const wanted = new Set(keys)
      const records = (await recordsOf(target, dataset)).filter(({ key }) => wanted.has(key))
      return new Map(records.flatMap(({ key, values }) => pairs(key, values.get('kind'))))
    },
    async lastDays(target, dataset) {
      const to = settings.types.types.get(target)?.validity?.to
      const days = (await recordsOf(target, dataset)).flatMap(({ values }) => values.get(to ?? '') ?? [])
      return [...new Set(days)].sort().reverse().slice(0, 6)
    },
  }
}

function pairs(key: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[key, value]]
}

function isOf({ values }: KnownRecord, kinds: readonly string[] | undefined): boolean {
  return kinds?.includes(values.get('kind') ?? '') ?? true
}

function sameName({ values }: KnownRecord, value: string): boolean {
  const name = values.get('name')
  return name !== undefined && folded(name) === folded(value)
}

function sameWholeName({ values }: KnownRecord, value: string): boolean {
  const designation = values.get(designationField)
  const name = values.get('name')
  return designation !== undefined && name !== undefined && folded(`${designation} ${name}`) === writtenOut(value)
}

function isValid({ values }: KnownRecord, { validity }: RecordType, on: ReferenceQuestion['on']): boolean {
  if (validity === undefined) return true
  return (values.get(validity.from) ?? on) <= on && on <= (values.get(validity.to) ?? on)
}

async function readRecords(settings: FileReferenceSettings, target: string, dataset: string): Promise<KnownRecord[]> {
  const manifests = (await manifestsOf(settings)).filter((manifest) => manifest.dataset === dataset)
  const records: KnownRecord[] = []
  for (const manifest of manifests) records.push(...(await readManifest(settings, manifest, target)))
  return records
}

async function manifestsOf({ folder, drivers }: FileReferenceSettings): Promise<Manifest[]> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.ya?ml$/.test(name)).sort()
  const manifests: Manifest[] = []
  for (const file of files) {
    try {
      manifests.push(parseManifest(await readFile(join(folder, file), 'utf8'), drivers, file))
    } catch (error) {
      // Another manifest's mistakes are not what is being checked.
      if (!(error instanceof ManifestError)) throw error
    }
  }
  return manifests
}

async function readManifest(
  settings: FileReferenceSettings,
  manifest: Manifest,
  target: string,
): Promise<KnownRecord[]> {
  const { drivers, outbound, endpoints, types, today, timeOffset } = settings
  const type = types.types.get(target)
  const driver = drivers.get(manifest.driver)
  if (type === undefined || driver === undefined) return []
  const options = driver.options.parse(withEndpoints(manifest.options, endpoints))
  await using source = createSource({ outbound, options, resolver: endpoints, signal: AbortSignal.timeout(60_000) })
  const records: KnownRecord[] = []
  for (const resource of manifest.resources.filter(({ recordType }) => recordType === target)) {
    // What refers to yet other records is not needed for finding this one.
    const fields = Object.fromEntries(
      Object.entries(resource.fields).filter(([, { resolve }]) => resolve === undefined),
    )
    const mapped = type.fields.filter(({ name }) => Object.hasOwn(fields, name))
    const validate = createRowValidator({ ...type, fields: mapped }, {})
    const context = {
      recordType: type,
      dataset: manifest.dataset,
      references: { resolve: () => Promise.resolve(undefined) },
      endpoints,
      today,
      timeOffset,
    }
    for await (const row of mapResource({ ...resource, fields }, manifest.options, driver, source, context)) {
      const valid = validate(row.values)
      if (!valid.ok) continue
      const values = mapped.flatMap(({ name }, index) => pairs(name, valid.columns[index] ?? undefined))
      records.push({ key: valid.key, values: new Map(values) })
    }
  }
  return records
}
