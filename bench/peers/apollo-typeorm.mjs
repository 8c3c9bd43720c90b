// Apollo Server + TypeORM repositories + DataLoader, as a usual team writes it.
import 'reflect-metadata'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import DataLoader from 'dataloader'
import { DataSource, EntitySchema, In, MoreThanOrEqual } from 'typeorm'
import { bedsOf, forgetBeds } from './bed-client.mjs'
import { decodeCursor, encodeCursor, typeDefs } from './hand-written-schema.mjs'

const School = new EntitySchema({
  name: 'School',
  schema: 'peer',
  tableName: 'school',
  columns: {
    datasetId: { type: 'int', name: 'dataset_id', primary: true },
    key: { type: 'text', primary: true },
    code: { type: 'text' },
    name: { type: 'text' },
    level: { type: 'text' },
    ownership: { type: 'text' },
    districtId: { type: 'text', name: 'district_id' },
    address: { type: 'text' },
    classes: { type: 'int' },
    pupils: { type: 'int' },
    teachers: { type: 'int' },
    openedOn: { type: 'date', name: 'opened_on' },
    latitude: { type: 'float8' },
    longitude: { type: 'float8' },
  },
})
const District = new EntitySchema({
  name: 'District',
  schema: 'peer',
  tableName: 'district',
  columns: {
    id: { type: 'text', primary: true },
    code: { type: 'text' },
    name: { type: 'text' },
    kind: { type: 'text' },
  },
})
const Facility = new EntitySchema({
  name: 'Facility',
  schema: 'peer',
  tableName: 'facility',
  columns: { id: { type: 'text', primary: true }, name: { type: 'text' } },
})

const dataSource = await new DataSource({
  type: 'postgres',
  url: process.env.DATABASE_URL,
  entities: [School, District, Facility],
  poolSize: 16,
}).initialize()
const schools = dataSource.getRepository(School)
const districts = dataSource.getRepository(District)
const facilities = dataSource.getRepository(Facility)

function createLoaders() {
  return {
    district: new DataLoader(async (ids) => {
      const found = new Map((await districts.findBy({ id: In([...ids]) })).map((each) => [each.id, each]))
      return ids.map((id) => found.get(id) ?? null)
    }),
    schoolCount: new DataLoader(async (ids) => {
      const rows = await schools
        .createQueryBuilder('school')
        .select('school.districtId', 'id')
        .addSelect('count(*)', 'count')
        .where({ districtId: In([...ids]) })
        .groupBy('school.districtId')
        .getRawMany()
      const found = new Map(rows.map((row) => [row.id, Number(row.count)]))
      return ids.map((id) => found.get(id) ?? 0)
    }),
    beds: new DataLoader((ids) => bedsOf(ids)),
  }
}

function whereOf({ code, level, pupils, classes } = {}) {
  return {
    ...(code?.eq === undefined ? {} : { code: code.eq }),
    ...(level?.eq === undefined ? {} : { level: level.eq }),
    ...(pupils?.gte === undefined ? {} : { pupils: MoreThanOrEqual(pupils.gte) }),
    ...(classes?.gte === undefined ? {} : { classes: MoreThanOrEqual(classes.gte) }),
  }
}

function orderOf(orderBy) {
  const [order] = orderBy ?? []
  if (order?.name !== undefined) return { name: order.name, datasetId: 'ASC', key: 'ASC' }
  if (order?.pupils === 'DESC') return { pupils: { direction: 'DESC', nulls: 'LAST' }, datasetId: 'DESC', key: 'DESC' }
  return { datasetId: 'ASC', key: 'ASC' }
}

function findSchools({ first, after, where, orderBy, search, near }) {
  if (search !== undefined) {
    return schools
      .createQueryBuilder('school')
      .innerJoin(
        '(select dataset_id, key, row_number() over () as n from peer.search_schools(:search) limit :first)',
        'hit',
        'hit.dataset_id = school.datasetId and hit.key = school.key',
      )
      .setParameters({ search, first })
      .orderBy('hit.n')
      .getMany()
  }
  if (near !== undefined) {
    return schools
      .createQueryBuilder('school')
      .innerJoin(
        '(select dataset_id, key, row_number() over () as n from peer.near_schools(:latitude, :longitude, :km) limit :first)',
        'hit',
        'hit.dataset_id = school.datasetId and hit.key = school.key',
      )
      .setParameters({ ...near, first })
      .orderBy('hit.n')
      .getMany()
  }
  if (after !== undefined) {
    return schools
      .createQueryBuilder('school')
      .where('(school.dataset_id, school.key) > (:datasetId, :key)', decodeCursor(after))
      .orderBy({ 'school.datasetId': 'ASC', 'school.key': 'ASC' })
      .limit(first)
      .getMany()
  }
  return schools.find({ where: whereOf(where), order: orderOf(orderBy), take: first })
}

const resolvers = {
  Query: {
    schools: (_, args) => ({ args }),
    administrativeUnits: async (_, { first, where }) => ({
      nodes: await districts.find({
        where: {
          kind: where?.kind?.eq,
          code: where?.code?.gte === undefined ? undefined : MoreThanOrEqual(where.code.gte),
        },
        order: { id: 'ASC' },
        take: first,
      }),
    }),
    healthFacilities: async (_, { first }) => ({ nodes: await facilities.find({ order: { id: 'ASC' }, take: first }) }),
  },
  SchoolConnection: {
    nodes: ({ args, districtId }) =>
      districtId === undefined
        ? findSchools(args)
        : schools.find({ where: { districtId }, order: { datasetId: 'ASC', key: 'ASC' }, take: args.first }),
    edges: async ({ args }) => (await findSchools(args)).map((node) => ({ cursor: encodeCursor(node), node })),
    totalCount: ({ args, districtId }, _, { loaders }) =>
      districtId === undefined ? schools.countBy(whereOf(args.where)) : loaders.schoolCount.load(districtId),
    groupBy: async (_, { first }) => {
      const rows = await schools
        .createQueryBuilder('school')
        .select('school.districtId', 'district')
        .addSelect('school.level', 'level')
        .addSelect('count(*)::int', 'count')
        .addSelect('sum(school.pupils)', 'pupils')
        .groupBy('school.districtId')
        .addGroupBy('school.level')
        .orderBy({ 'school.districtId': 'ASC', 'school.level': 'ASC' })
        .limit(first)
        .getRawMany()
      return rows.map(({ district, level, count, pupils }) => ({
        key: { district: { key: district }, level },
        count,
        sum: { pupils },
      }))
    },
  },
  School: {
    district: ({ districtId }, _, { loaders }) => (districtId === null ? null : loaders.district.load(districtId)),
  },
  AdministrativeUnit: { key: ({ id }) => id, schools: ({ id }, args) => ({ args, districtId: id }) },
  HealthFacility: { key: ({ id }) => id, freeBeds: ({ id }, _, { loaders }) => loaders.beds.load(id) },
}

process.on('SIGUSR2', forgetBeds)
const server = new ApolloServer({ typeDefs, resolvers, stopOnTerminationSignals: false })
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => ({ loaders: createLoaders() }),
})
console.log(JSON.stringify({ port: Number(new URL(url).port) }))
