// Mercurius + graphql-jit with hand-written SQL and batching loaders.
import Fastify from 'fastify'
import mercurius from 'mercurius'
import pg from 'pg'
import { bedsOf, forgetBeds } from './bed-client.mjs'
import { decodeCursor, encodeCursor, typeDefs } from './hand-written-schema.mjs'

// A date is a string of its day, not a moment in some time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 })

const columns =
  'dataset_id as "datasetId", key, code, name, level, ownership, district_id as "districtId", address, classes, pupils, teachers, opened_on as "openedOn", latitude, longitude'

async function rowsOf(name, text, values) {
  return (await pool.query({ name, text, values })).rows
}

function conditions({ code, level, pupils, classes } = {}, values) {
  const parts = []
  const add = (sql, value) => parts.push(`${sql} $${values.push(value)}`)
  if (code?.eq !== undefined) add('code =', code.eq)
  if (level?.eq !== undefined) add('level =', level.eq)
  if (pupils?.gte !== undefined) add('pupils >=', pupils.gte)
  if (classes?.gte !== undefined) add('classes >=', classes.gte)
  return parts
}

function findSchools({ first, after, where, orderBy, search, near }) {
  if (search !== undefined) {
    return rowsOf('search', `select ${columns} from peer.search_schools($1) limit $2`, [search, first])
  }
  if (near !== undefined) {
    const { latitude, longitude, km } = near
    return rowsOf('near', `select ${columns} from peer.near_schools($1, $2, $3) limit $4`, [
      latitude,
      longitude,
      km,
      first,
    ])
  }
  const values = []
  const parts = conditions(where, values)
  if (after !== undefined) {
    const { datasetId, key } = decodeCursor(after)
    values.push(datasetId, key)
    parts.push(`(dataset_id, key) > ($${values.length - 1}, $${values.length})`)
  }
  const [order] = orderBy ?? []
  const by =
    order?.name !== undefined
      ? 'name, dataset_id, key'
      : order?.pupils === 'DESC'
        ? 'pupils desc nulls last, dataset_id desc, key desc'
        : 'dataset_id, key'
  values.push(first)
  const text = `select ${columns} from peer.school ${parts.length === 0 ? '' : `where ${parts.join(' and ')}`} order by ${by} limit $${values.length}`
  return rowsOf(undefined, text, values)
}

const resolvers = {
  Query: {
    schools: (_, args) => ({ args }),
    administrativeUnits: async (_, { first, where }) => ({
      nodes: await rowsOf(
        'districts',
        'select id as key, code, name from peer.district where kind = $1 and code >= $2 order by id limit $3',
        [where?.kind?.eq, where?.code?.gte ?? '', first],
      ),
    }),
    healthFacilities: async (_, { first }) => ({
      nodes: await rowsOf('facilities', 'select id as key, name from peer.facility order by id limit $1', [first]),
    }),
  },
  SchoolConnection: {
    nodes: ({ args, rows }) => rows ?? findSchools(args),
    edges: async ({ args }) => (await findSchools(args)).map((node) => ({ cursor: encodeCursor(node), node })),
    totalCount: async ({ args, count }) => {
      if (count !== undefined) return count
      const values = []
      const parts = conditions(args.where, values)
      const [row] = await rowsOf(
        undefined,
        `select count(*)::int as count from peer.school ${parts.length === 0 ? '' : `where ${parts.join(' and ')}`}`,
        values,
      )
      return row.count
    },
    groupBy: async (_, { first }) => {
      const rows = await rowsOf(
        'groups',
        'select district_id, level, count(*)::int as count, sum(pupils) as pupils from peer.school group by 1, 2 order by 1, 2 limit $1',
        [first],
      )
      return rows.map(({ district_id, level, count, pupils }) => ({
        key: { district: { key: district_id }, level },
        count,
        sum: { pupils },
      }))
    },
  },
}

const loaders = {
  School: {
    async district(queries) {
      const ids = [...new Set(queries.map(({ obj }) => obj.districtId))]
      const rows = await rowsOf('district', 'select id as key, code, name from peer.district where id = any($1)', [ids])
      const found = new Map(rows.map((row) => [row.key, row]))
      return queries.map(({ obj }) => found.get(obj.districtId) ?? null)
    },
  },
  AdministrativeUnit: {
    async schools(queries) {
      const ids = queries.map(({ obj }) => obj.key)
      const first = queries[0]?.params.first
      const [rows, counts] = await Promise.all([
        rowsOf(
          'schools-of',
          `select s.* from unnest($1::text[]) d(id) cross join lateral (
             select ${columns} from peer.school where district_id = d.id order by dataset_id, key limit $2) s`,
          [ids, first],
        ),
        rowsOf(
          'counts-of',
          'select district_id, count(*)::int as count from peer.school where district_id = any($1) group by 1',
          [ids],
        ),
      ])
      const rowsOfDistrict = Map.groupBy(rows, (row) => row.districtId)
      const countOfDistrict = new Map(counts.map((row) => [row.district_id, row.count]))
      return ids.map((id) => ({
        args: { first },
        rows: rowsOfDistrict.get(id) ?? [],
        count: countOfDistrict.get(id) ?? 0,
      }))
    },
  },
  HealthFacility: {
    freeBeds: (queries) => bedsOf(queries.map(({ obj }) => obj.key)),
  },
}

process.on('SIGUSR2', forgetBeds)
const app = Fastify()
app.register(mercurius, { schema: typeDefs, resolvers, loaders, jit: 1, path: '/graphql' })
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ port: app.server.address().port }))
