import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import pino from 'pino'
import { Registry } from 'prom-client'
import { parse } from 'yaml'
import { registerConnectorMetrics } from '../../src/registration/connector-metrics.js'
import { exportConnectors } from '../../src/registration/export/export-connectors.js'
import { coordinator } from '../support/agency-http.js'
import { repository } from '../support/gateway-world.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv } from './registration-world.js'

const logger = pino({ level: 'silent' })

const buoy = {
  name: 'SeaBuoy',
  plural: 'seaBuoys',
  title: 'Phao',
  titleEn: 'Buoy',
  description: 'Phao biển.',
  descriptionEn: 'A buoy.',
  theme: 'transport',
  fields: [
    { name: 'code', type: 'string', title: 'Mã', titleEn: 'Code', constraints: { required: true } },
    { name: 'name', type: 'string', title: 'Tên', titleEn: 'Name' },
    { name: 'colour', type: 'string', title: 'Màu', titleEn: 'Colour', codeList: 'BuoyColour' },
  ],
  primaryKey: ['code'],
}
const colours = {
  name: 'BuoyColour',
  title: 'Màu phao',
  titleEn: 'Colour',
  values: [{ value: 'RED', label: 'Đỏ', labelEn: 'Red' }],
}

test('what was registered at run time becomes files, from which another gateway starts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-export-'))
  const world = await createRegistrationWorld()
  try {
    const source = await world.serve(csv(['B1,Phao số 0', 'B2,"Phao: số ""1"""']))
    const transport = await world.keyOf('transport')
    const { proposeRecordType } = await world.ask<{ proposeRecordType: { id: string } }>(
      'mutation($schema: JSON!, $lists: [JSON!]) { proposeRecordType(schema: $schema, codeLists: $lists) { id } }',
      { schema: buoy, lists: [colours] },
      transport,
    )
    await world.ask('mutation($id: ID!) { acceptRecordType(id: $id) { id } }', proposeRecordType, coordinator)
    const resource = {
      name: 'buoys',
      recordType: 'SeaBuoy',
      fields: { code: { column: 'code' }, name: { column: 'name' }, colour: { constant: 'RED' } },
    }
    const manifest = cameras(source.url, 'buoys', { resources: [resource] })
    await world.register(manifest, transport)
    await world.register(cameras(source.url, 'gone'), transport)
    await world.ask('mutation { retireConnector(code: "gone") { code } }', {}, transport)
    await world.ask('mutation { pauseConnector(code: "buoys") { code } }', {}, transport)

    const exported = await exportConnectors(world.database.pool, folder)
    expect(exported.paused).toEqual(['buoys'])
    expect(exported.files).toEqual(
      expect.arrayContaining([
        'connectors/transport/buoys.yaml',
        'connectors/places/places.yaml',
        'schema/records/transport/sea-buoy.json',
        'schema/code-lists/buoy-colour.json',
      ]),
    )
    expect(exported.files.filter((file) => file.includes('gone'))).toEqual([])
    const yaml = await readFile(join(folder, 'connectors/transport/buoys.yaml'), 'utf8')
    expect(yaml.split('\n').slice(0, 3)).toEqual(['connector: buoys', 'agency: transport', 'dataset: buoys'])

    // Applied again where it came from, nothing changes: it says the same.
    const digests =
      'select code, digest from gateway.record_type union all select code, digest from gateway.connector order by 1'
    const before = await world.database.pool.query(digests)
    await cp(join(repository, 'plan'), join(folder, 'plan'), { recursive: true })
    const other = await createRegistrationWorld({ folder, samples: true })
    try {
      const after = await other.database.pool.query<{ code: string }>(digests)
      expect(after.rows).toEqual(before.rows.filter((row: { code: string }) => row.code !== 'gone'))
      expect(other.gateway.service.schema().getQueryType()?.getFields()).toHaveProperty('seaBuoys')
    } finally {
      await other.dispose()
    }
  } finally {
    await world.dispose()
    await rm(folder, { recursive: true })
  }
})

test('a gateway that nobody changed is exported as the files that it was started from', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-export-'))
  const world = await createRegistrationWorld({ samples: true })
  try {
    await exportConnectors(world.database.pool, folder)
    const manifests = async (of: string): Promise<[string, unknown][]> => {
      const names = (await readdir(join(of, 'connectors'), { recursive: true })).filter((name) =>
        name.endsWith('.yaml'),
      )
      return await Promise.all(
        names.sort().map(async (name): Promise<[string, unknown]> => {
          return [name, parse(await readFile(join(of, 'connectors', name), 'utf8'))]
        }),
      )
    }
    expect(await manifests(folder)).toEqual(await manifests(repository))
  } finally {
    await world.dispose()
    await rm(folder, { recursive: true })
  }
})

test('metrics tell of each connector how its runs went', async () => {
  const world = await createRegistrationWorld()
  try {
    const source = await world.serve(csv(['C1,Một', 'C2,Hai', 'C3,']))
    const transport = await world.keyOf('transport')
    await world.register(cameras(source.url, 'measured', { guards: { setAside: 0.5 } }), transport)
    const registry = new Registry()
    registerConnectorMetrics({ registry, pool: world.database.pool, logger, breaker: () => 'halfOpen' })
    const text = await until('the run is counted', async () => {
      registry.resetMetrics()
      const metrics = await registry.metrics()
      return metrics.includes('gateway_connector_runs_total{connector="measured",outcome="PUBLISHED"} 1') && metrics
    })
    expect(text).toContain('gateway_connector_records{connector="measured"} 2')
    expect(text).toContain('gateway_connector_last_run_set_aside_rows{connector="measured"} 1')
    expect(text).toContain('gateway_connector_active{connector="measured"} 1')
    expect(text).toContain('gateway_connector_open_notices{connector="measured"} 1')
    expect(text).toContain('gateway_connector_breaker_open{connector="measured"} 0.5')
    expect(text).toContain('gateway_connector_failures_in_a_row{connector="measured"} 0')
    expect(text).toMatch(/gateway_connector_last_success_age_seconds\{connector="measured"\} \d/)
    expect(text).toMatch(/gateway_connector_last_run_duration_seconds\{connector="measured"\} \d/)
    source.replace(Buffer.from('code,other\nC1,x\n'))
    await world.run('measured', transport)
    await until('the failure is counted', async () => {
      const metrics = await registry.metrics()
      return (
        metrics.includes('outcome="FAILED"} 1') &&
        metrics.includes('outcome="PUBLISHED"} 1') &&
        metrics.includes('gateway_connector_failures_in_a_row{connector="measured"} 1')
      )
    })
    await world.ask('mutation { retireConnector(code: "measured") { code } }', {}, transport)
    await until('it is not shown any more', async () => !(await registry.metrics()).includes('"measured"'))
  } finally {
    await world.dispose()
  }
})
