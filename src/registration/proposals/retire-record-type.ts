import { actorOf, appendAudit } from '../../access/audit/append-audit.js'
import { requireRole, type Viewer } from '../../access/viewer.js'
import { changeControlPlane } from '../../database/control-revision.js'
import { recordTable } from '../../database/identifiers.js'
import { queriesOf, type Queries } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { buildRecordTypes } from '../../records/schema/build-record-types.js'
import type { RecordTypes } from '../../records/schema/record-type.js'
import type { RegistrationPorts } from '../registration.js'
import { changeRecordTypes } from './change-record-types.js'

/**
 * Takes a record type out of the API and drops its tables. Throws CONFLICT while a connector uses it, another type refers to it,
 * it comes from the operator's files, or it still has records; with these last an administrator can force it.
 */
export async function retireRecordType(
  ports: RegistrationPorts,
  viewer: Viewer,
  { code, force }: { readonly code: string; readonly force: boolean },
): Promise<void> {
  requireRole(viewer, 'COORDINATOR', 'ADMIN')
  if (force) requireRole(viewer, 'ADMIN')
  if (!ports.types().types.has(code)) throw new GatewayError('NOT_FOUND', `There is no record type ${code}.`)
  const query = queriesOf(ports.pool)
  await refuseFromFile(query, code)
  await refuseInUse(query, code)
  if (!force) await refuseWithRecords(query, code)
  await changeRecordTypes(ports, (current) => ({
    types: without(current, code, ports),
    // To lose a type breaks its clients in any case: what stands against it was asked above.
    force: true,
    alongside: async (client) => {
      // A connector may have been registered since.
      await refuseInUse(queriesOf(client), code)
      await changeControlPlane(client)
      await appendAudit(queriesOf(client), actorOf(viewer), {
        action: 'recordType.retired',
        subject: `record type ${code}`,
        details: { force },
      })
    },
  }))
}

function without(current: RecordTypes, code: string, { taken }: RegistrationPorts): RecordTypes {
  const others = [...current.types.values()].filter((type) => type.code !== code)
  const built = buildRecordTypes(others, [...current.codeLists.values()], current.revision, { taken })
  if (built.ok) return built.value
  const reasons = built.problems.map(({ file, message }) => `${file}: ${message}`)
  throw refusal(`The record type ${code} is referred to. ${reasons.join(' ')}`, reasons)
}

async function refuseFromFile(query: Queries, code: string): Promise<void> {
  const rows = await query<{ origin: string }>('select origin from gateway.record_type where code = $1', [code])
  if (rows[0]?.origin !== 'file') return
  throw refusal(`The record type ${code} is of the operator's files; it is removed there.`, ['file'])
}

async function refuseInUse(query: Queries, code: string): Promise<void> {
  const users = await query<{ code: string }>(
    `select distinct c.code from gateway.resource r join gateway.connector c on c.id = r.connector_id
     where r.record_type = $1 and r.active and c.status <> 'RETIRED' order by c.code`,
    [code],
  )
  if (users.length === 0) return
  const connectors = users.map((user) => user.code)
  throw refusal(`The record type ${code} is used by ${connectors.join(', ')}; retire them first.`, connectors)
}

async function refuseWithRecords(query: Queries, code: string): Promise<void> {
  const rows = await query(`select 1 from ${recordTable(code)} limit 1`)
  if (rows.length === 0) return
  const message = `The record type ${code} still has records of retired connectors, which would be lost; an administrator can force it.`
  throw refusal(message, ['records'])
}

function refusal(message: string, reasons: readonly string[]): GatewayError {
  return new GatewayError('CONFLICT', message, { extensions: { reasons } })
}
