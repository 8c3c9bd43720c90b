// Our downloads, on a Fastify server of their own.
import 'reflect-metadata'
import { join } from 'node:path'
import fastify from 'fastify'
import pg from 'pg'
import { buildControlSchema } from '../../src/catalog/control-schema.js'
import { createDownloads } from '../../src/distribution/downloads.js'
import { threadOfSources } from '../../src/distribution/thread/thread-snapshots.js'
import { mergeSchemas } from '../../src/records/graphql/merge-schemas.js'
import { loadRecordTypes } from '../../src/records/schema/load-record-types.js'
import type { ResourceInfo } from '../../src/records/sources.js'
import { announcePort } from '../load/announce-port.js'

const databaseUrl = process.env['DATABASE_URL'] ?? ''
const types = await loadRecordTypes(join(import.meta.dirname, '..', '..', 'schema'))
const schema = mergeSchemas(buildControlSchema(), types)
const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 })
const { rows: resources } = await pool.query<ResourceInfo>(
  `select r.id, r.name, r.dataset_id as "datasetId", d.code as "datasetCode", r.record_type as "recordType", r.mode,
          r.max_age_ms::int8::float8 as "maxAgeMs", r.patience_ms as "patienceMs"
   from gateway.resource r join gateway.dataset d on d.id = r.dataset_id`,
)
const downloads = createDownloads({
  databaseUrl,
  pool,
  service: { schema: () => schema, types: () => types },
  sources: {
    resources: () => resources,
    typesWithRetiredRows: () => new Set(),
    bringUpToDate: () => Promise.resolve(),
  },
  timeZone: 'Asia/Ho_Chi_Minh',
  report: console.error,
  thread: threadOfSources(['--import', new URL('../typescript.mjs', import.meta.url).href]),
})
const app = fastify()
downloads.routes(app)
await app.ready()
announcePort(app.server)
