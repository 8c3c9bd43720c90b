import { recordTable } from '../../../database/identifiers.js'
import type { PerPart, RecordsCursor, RecordsEntry, RecordsPlan } from '../plan/plan-records.js'
import { isOfPage } from '../plan/plan.js'
import { Availability } from './availability.js'
import { base64url, Emission, jsonObject, literal, Row, pageSize } from './emission.js'
import { changesCursorSql, emitConnection } from './emit-connection.js'
import type { EmissionContext } from './emission-context.js'
import { emitPageInfo } from './emit-page.js'
import { emitRecord } from './emit-record.js'
import { emitSources } from './emit-sources.js'
import type { Statement, StatementOptions } from './emit-statement.js'

/** The records of several datasets in one statement: a row of JSON for each plan, in their order. */
export function emitRecordsStatement(plans: readonly RecordsPlan[], options: StatementOptions): Statement {
  const emission = new Emission()
  const context: EmissionContext = {
    emission,
    available: new Availability(),
    nestedConnection: emitConnection,
    ...options,
  }
  const rows = plans.map((plan, index) => `select ${index} as n, ${emitRecords(context, plan)}::text as j`)
  const flags = context.available.flags(emission)
  const columns = context.available.scopes.map((_, index) => `c${index}`)
  const text = `with fetched as materialized (select ${flags.join(', ')}) select r.j, array[${columns.join(', ')}]::bool[] from fetched cross join (${rows.join(' union all ')}) r order by r.n`
  return { ...emission.finish(text), scopes: context.available.scopes }
}

function emitRecords(context: EmissionContext, plan: RecordsPlan): string {
  const { emission } = context
  const resources = plan.parts.map((part) => part.resource)
  // A resource that the dataset does not have: answered as one that was never fetched.
  if (resources.length === 0) return 'null'
  const hasPage = plan.selection.some(isOfPage)
  const size = hasPage ? pageSize(plan.size) : ''
  const gathered: { readonly as: string; readonly sql: string }[] = []
  const perPart: string[][] = plan.parts.map(() => [])
  const gather = (as: string, jsons: readonly string[]): void => {
    const index = gathered.length
    jsons.forEach((json, part) => perPart[part]?.push(`${json} as e${index}`))
    const order = plan.backward ? ' order by x._rn desc' : ' order by x._rn'
    gathered.push({ as, sql: `coalesce(json_agg(x.e${index}${order}) filter (where x._rn <= ${size}), '[]'::json)` })
  }
  const rows = plan.parts.map(() => new Row(emission.alias()))
  const recordJson = (selections: PerPart, part: number): string => {
    const row = rows[part]
    const type = plan.parts[part]?.type
    if (row === undefined || type === undefined) return 'null::json'
    return emitRecord(context, selections[part] ?? [], { type, row, asOf: undefined, version: undefined })
  }
  const cursor = (part: number): string =>
    base64url(
      `json_build_array('records', ${resources[part]?.id ?? 'null'}, ${rows[part]?.column('_key') ?? 'null'})::text`,
    )
  for (const entry of plan.selection) {
    if (entry.kind === 'nodes')
      gather(
        entry.as,
        plan.parts.map((_, part) => recordJson(entry.selections, part)),
      )
    if (entry.kind === 'edges') {
      const edge = (part: number): string =>
        jsonObject(
          entry.selection.map((each) => {
            if (each.kind === 'cursor') return [each.as, cursor(part)] as const
            return [each.as, each.kind === 'node' ? recordJson(each.selections, part) : literal(each.name)] as const
          }),
        )
      gather(
        entry.as,
        plan.parts.map((_, part) => edge(part)),
      )
    }
    if (entry.kind === 'pageInfo') {
      const passed = String((plan.backward ? plan.before : plan.after) !== undefined)
      gathered.push({ as: entry.as, sql: emitPageInfo(entry.selection, { backward: plan.backward, size, passed }) })
    }
  }
  const pieces = plan.parts.map(({ type, resource }, part) => {
    const row = rows[part] ?? new Row('t')
    const key = row.column('_key')
    const conditions = [
      `${row.column('_resource')} = ${resource.id}`,
      ...(plan.after === undefined ? [] : [beyond(context, key, part, plan.after, '>')]),
      ...(plan.before === undefined ? [] : [beyond(context, key, part, plan.before, '<')]),
    ]
    const select = [`${part} as part`, `${key} as k`, `${cursor(part)} as c`, ...(perPart[part] ?? [])].join(', ')
    const direction = plan.backward ? ' desc' : ''
    return `(select ${select} from ${recordTable(type.code)} ${row.alias} where ${conditions.join(' and ')} order by ${key}${direction} limit ${size} + 1)`
  })
  const direction = plan.backward ? ' desc' : ''
  const page = `select *, row_number() over (order by u.part${direction}, u.k${direction}) as _rn from (${pieces.join(' union all ')}) u order by _rn limit ${size} + 1`
  const values = new Map(gathered.map(({ as }, index) => [as, `pg.a${index}`]))
  const json = jsonObject(
    plan.selection.map((entry) => [entry.as, values.get(entry.as) ?? emitEntry(context, plan, entry)] as const),
  )
  const from = !hasPage
    ? ''
    : ` from (select count(*) as n, ${gathered.map(({ sql }, index) => `${sql} as a${index}`).join(', ')} from (${page}) x) pg`
  return context.available.when(resources, `select ${json}${from}`)
}

/** A part is wholly after (or before) the cursor's, or is the cursor's and its keys decide. */
function beyond(context: EmissionContext, key: string, part: number, cursor: RecordsCursor, sign: '>' | '<'): string {
  if (part !== cursor.part) return String(sign === '>' ? part > cursor.part : part < cursor.part)
  return `${key} ${sign} ${context.emission.value(cursor.key, 'text')}`
}

function emitEntry(context: EmissionContext, plan: RecordsPlan, entry: RecordsEntry): string {
  const resources = plan.parts.map((part) => part.resource)
  switch (entry.kind) {
    case 'typename':
      return literal(entry.name)
    case 'totalCount': {
      const ids = context.emission.value(
        resources.map((resource) => resource.id),
        'int[]',
      )
      return `(select coalesce(sum(record_count), 0)::int from gateway.resource where id = any(${ids}))`
    }
    case 'changesCursor':
      return changesCursorSql
    case 'sources':
      return emitSources(context, entry.selection, resources)
    case 'nodes':
    case 'edges':
    case 'pageInfo':
      return 'null'
  }
}
