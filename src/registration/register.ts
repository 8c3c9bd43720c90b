import type pg from 'pg'
import { parse } from 'yaml'
import { actorOf, appendAudit } from '../access/audit/append-audit.js'
import { theGateway, type Actor } from '../access/audit/audit-chain.js'
import { requireAgency, type Viewer } from '../access/viewer.js'
import { markSample, upsertDatasetEntry } from '../catalog/seed/dataset-entry.js'
import type { Drivers } from '../connectors/drivers.js'
import type { Manifest } from '../connectors/manifest/manifest.js'
import { ManifestError, parseManifest } from '../connectors/manifest/parse-manifest.js'
import { originsIn } from '../connectors/outbound/credentials.js'
import type { Outbound } from '../connectors/outbound/outbound.js'
import { queriesOf, type Queries } from '../database/queries.js'
import { GatewayError } from '../errors/gateway-error.js'
import { SourceFault } from '../errors/source-fault.js'
import { applyManifest, type Registered, type RegistrationPlace } from '../harvest/registration/apply-manifest.js'
import { looksPersonal } from '../harvest/screen/personal-text.js'
import type { RecordType, RecordTypes } from '../records/schema/record-type.js'
import { secretsIn } from './without-secrets.js'

export interface RegistrationParts {
  readonly pool: pg.Pool
  readonly drivers: Drivers
  readonly types: () => RecordTypes
}

/** What may be registered over the API depends on where the gateway may go as well. */
export interface RuntimeParts extends RegistrationParts {
  /** As Outbound.admit. */
  readonly admit: Outbound['admit']
}

export interface FileRules {
  /** Named in errors. */
  readonly file: string
  readonly filesWin: boolean
}

/**
 * Registers the manifest of a file of the operator: its dataset is one of the plan or described by the manifest. Throws a
 * ManifestError or a GatewayError with a sentence for the operator.
 */
export async function registerFile(parts: RegistrationParts, text: string, rules: FileRules): Promise<Registered> {
  const manifest = parseManifest(text, parts.drivers, rules.file)
  const problems = unknownFields(manifest, parts.types())
  if (problems.length > 0) throw new ManifestError(rules.file, problems)
  return applyManifest(
    parts.pool,
    { manifest, source: text, place: (client) => findPlace(queriesOf(client), manifest, () => undefined) },
    { origin: 'file', filesWin: rules.filesWin, alongside: audited(theGateway, manifest, 'connector.registered') },
  )
}

export interface RuntimeRules {
  /** How the log names it. */
  readonly action: 'connector.registered' | 'connector.updated' | 'connector.rolledBack'
  /** The code that the manifest must have. */
  readonly code?: string
  /** It was registered before, so it is not asked again whether this may be said over the API. */
  readonly registeredBefore?: boolean
}

/**
 * Registers what an agency sent over the API. The agency is the key's own; a coordinator or administrator names it. Throws
 * BAD_USER_INPUT with everything that is wrong with the manifest, FORBIDDEN for another agency's dataset, CONFLICT for a code
 * that another agency's connector has.
 */
export async function registerAtRuntime(
  parts: RuntimeParts,
  source: unknown,
  viewer: Viewer,
  { action, code, registeredBefore = false }: RuntimeRules = { action: 'connector.registered' },
): Promise<Registered> {
  const manifest = parseSent(parts, source)
  if (code !== undefined && manifest.connector !== code) {
    throw new GatewayError('BAD_USER_INPUT', `The manifest is of ${manifest.connector}; a connector keeps its code.`)
  }
  const agency = manifest.agency ?? viewer.agencyCode
  requireAgency(viewer, agency)
  if (!registeredBefore) {
    refuseForAgencies(manifest)
    refuseAddresses(manifest, parts.admit)
  }
  const owned = { ...manifest, agency }
  const place = async (client: pg.PoolClient): Promise<RegistrationPlace> => {
    const query = queriesOf(client)
    await requireOwnConnector(query, manifest.connector, viewer)
    return findPlace(query, owned, (lead) => {
      requireAgency(viewer, lead)
    })
  }
  return applyManifest(
    parts.pool,
    { manifest: owned, source: withAgency(source, agency), place },
    {
      origin: 'runtime',
      by: viewer.keyId === undefined ? viewer.role : `key ${viewer.keyId}`,
      alongside: audited(actorOf(viewer), owned, action),
    },
  )
}

/** What is stored says whose it is, so that it means the same when it is exported to a file. */
function withAgency(source: unknown, agency: string | undefined): unknown {
  const content: unknown = typeof source === 'string' ? parse(source) : source
  return typeof content === 'object' && content !== null && agency !== undefined ? { ...content, agency } : content
}

function audited(actor: Actor, { connector, dataset, driver }: Manifest, action: string) {
  return (client: pg.PoolClient, { version, outcome }: Registered): Promise<void> =>
    appendAudit(queriesOf(client), actor, {
      action,
      subject: `connector ${connector}`,
      details: { dataset, driver, version, outcome },
    })
}

function refuseForAgencies(manifest: Manifest): void {
  refusePersonalTexts(manifest)
  if (usesScheme(manifest.options, 'bundled:') || usesScheme(manifest.resources, 'bundled:')) {
    throw new GatewayError(
      'BAD_USER_INPUT',
      'bundled: reads the gateway’s own files and is for its operator only; give a URL.',
    )
  }
  const secrets = [...secretsIn(manifest.options, 'options'), ...secretsIn(manifest.resources, 'resources')]
  if (secrets.length > 0) {
    const places = secrets.map(({ path, name }) => `${path} (${name})`).join(', ')
    throw new GatewayError(
      'BAD_USER_INPUT',
      `A manifest is kept readable with all its versions; give credentials with setConnectorCredentials instead: ${places}.`,
      { extensions: { problems: secrets.map(({ path }) => ({ path, message: 'looks like a credential' })) } },
    )
  }
}

/** An office's number or e-mail may stand in a description; the number of a person or of a health insurance never. */
function refusePersonalTexts({ datasetEntry, resources }: Manifest): void {
  const { title, description, keywords = [] } = datasetEntry ?? {}
  const texts = [title, description, ...resources.map((resource) => resource.title)]
  for (const text of [...texts.flatMap((one) => [one?.vi, one?.en]), ...keywords]) {
    const kind = text === undefined ? undefined : looksPersonal(text)
    if (kind === 'CCCD' || kind === 'HEALTH_CARD') {
      throw new GatewayError(
        'PERSONAL_DATA',
        `A title, description or keyword seems to hold personal data (${kind}): leave it out.`,
      )
    }
  }
}

/** Literal addresses that no request would be sent to; what a name leads to is known when it is connected. */
function refuseAddresses({ options, resources }: Manifest, admit: RuntimeParts['admit']): void {
  const origins = originsIn([options, ...resources.map(({ selection, steps }) => [selection, steps])])
  const ports = new Set([...origins].map((origin) => new URL(origin).port))
  for (const origin of origins) {
    try {
      admit(new URL(origin), ports)
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      throw new GatewayError(
        'BAD_USER_INPUT',
        `${origin} is no public address, and the operator of the gateway does not allow it.`,
        { cause: error },
      )
    }
  }
}

function parseSent(parts: RegistrationParts, source: unknown): Manifest {
  try {
    const manifest = parseManifest(source, parts.drivers)
    const problems = unknownFields(manifest, parts.types())
    if (problems.length > 0) throw new ManifestError('manifest', problems)
    return manifest
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error
    throw new GatewayError('BAD_USER_INPUT', error.message, { cause: error, extensions: { problems: error.problems } })
  }
}

/** Record types and fields that a manifest maps onto and that do not exist. */
function unknownFields(manifest: Manifest, types: RecordTypes): { path: string; message: string }[] {
  return manifest.resources.flatMap((resource, index) => {
    const type = types.types.get(resource.recordType)
    if (type === undefined) {
      const known = [...types.types.keys()].join(', ')
      return [
        {
          path: `resources[${index}].recordType`,
          message: `there is no record type ${resource.recordType}; there are ${known}`,
        },
      ]
    }
    const fields = new Map(type.fields.map((field) => [field.name, field]))
    const names = new Set(fields.keys())
    const unknown = Object.keys(resource.fields).filter((name) => !names.has(name))
    const missing = type.fields.filter((field) => field.required && !(field.name in resource.fields))
    return [
      ...unknown.map((name) => ({
        path: `resources[${index}].fields.${name}`,
        message: `${type.code} has no field ${name}; it has ${[...names].join(', ')}`,
      })),
      ...missing.map((field) => ({
        path: `resources[${index}].fields`,
        message: `${type.code} needs the field ${field.name}`,
      })),
      ...Object.entries(resource.fields)
        .filter(([name, { resolve }]) => resolve !== undefined && fields.get(name)?.reference === undefined)
        .filter(([name]) => names.has(name))
        .map(([name]) => ({
          path: `resources[${index}].fields.${name}.resolve`,
          message: `${name} refers to no other record, so there is nothing to resolve`,
        })),
      ...Object.entries(resource.fields).flatMap(([name, { resolve }]) =>
        unknownKinds(resolve?.kinds ?? [], types.types.get(fields.get(name)?.reference?.target ?? '')).map(
          (message) => ({
            path: `resources[${index}].fields.${name}.resolve.kinds`,
            message,
          }),
        ),
      ),
    ]
  })
}

/** Kinds that no record of the type can be of: they would never be found, however right the rows are. */
function unknownKinds(kinds: readonly string[], target: RecordType | undefined): string[] {
  const values = target?.fields.find(({ name }) => name === 'kind')?.codeList?.values.map(({ value }) => value) ?? []
  return kinds
    .filter((kind) => !values.includes(kind))
    .map((kind) => `there is no kind ${kind}; there are ${values.length === 0 ? 'none' : values.join(', ')}`)
}

/**
 * The dataset and the agency of a manifest, in the transaction of its registration. `mayFeed` throws when the viewer may not feed
 * a dataset that this agency leads.
 */
async function findPlace(
  query: Queries,
  manifest: Manifest,
  mayFeed: (lead: string | undefined) => void,
): Promise<RegistrationPlace> {
  const agencyId = await idOfAgency(query, manifest.agency)
  // Two agencies that describe one new dataset at once: the second one finds that it is the first one's.
  await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`registration for dataset ${manifest.dataset}`])
  const known = await readDataset(query, manifest.dataset)
  if (known !== undefined) mayFeed(known.agency ?? undefined)
  if (known?.plan_row != null) {
    return { agencyId, datasetId: known.id, changed: await markSample(query, known.id, manifest.sample) }
  }
  const { datasetEntry } = manifest
  if (known !== undefined && (datasetEntry === undefined || known.agency !== (manifest.agency ?? null))) {
    return { agencyId, datasetId: known.id }
  }
  if (datasetEntry === undefined) {
    throw new GatewayError(
      'BAD_USER_INPUT',
      `There is no dataset ${manifest.dataset}; describe it with datasetEntry, or name one of the plan.`,
    )
  }
  const { id, changed } = await upsertDatasetEntry(query, {
    code: manifest.dataset,
    agency: manifest.agency,
    ...datasetEntry,
    sample: datasetEntry.sample ?? manifest.sample,
  })
  return { agencyId, datasetId: id, changed }
}

interface DatasetRow {
  readonly id: number
  /** Code of the agency that leads it; null: none does. */
  readonly agency: string | null
  readonly plan_row: number | null
}

async function readDataset(query: Queries, code: string): Promise<DatasetRow | undefined> {
  const [row] = await query<DatasetRow>(
    `select d.id, d.plan_row, a.code as agency from gateway.dataset d left join gateway.agency a on a.id = d.agency_id where d.code = $1`,
    [code],
  )
  return row
}

async function idOfAgency(query: Queries, code: string | undefined): Promise<number | undefined> {
  if (code === undefined) return undefined
  const [row] = await query<{ id: number }>('select id from gateway.agency where code = $1', [code])
  if (row === undefined) throw new GatewayError('BAD_USER_INPUT', `There is no agency with the code ${code}.`)
  return row.id
}

async function requireOwnConnector(query: Queries, code: string, viewer: Viewer): Promise<void> {
  const [row] = await query<{ agency: string | null }>(
    'select a.code as agency from gateway.connector c left join gateway.agency a on a.id = c.agency_id where c.code = $1',
    [code],
  )
  if (row === undefined || viewer.role !== 'AGENCY' || row.agency === viewer.agencyCode) return
  throw new GatewayError('CONFLICT', `The code ${code} is taken; give your connector another one.`)
}

function usesScheme(value: unknown, scheme: string): boolean {
  if (typeof value === 'string') return value.trimStart().toLowerCase().startsWith(scheme)
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => usesScheme(each, scheme))
}
