import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { RecordWorld } from '../../../test/support/record-world.js'
import { createSchoolsWorld } from './schools-world.fixture.js'

let world: RecordWorld
beforeAll(async () => {
  world = await createSchoolsWorld()
  await world.seed({
    ...{ dataset: 'places', resource: 'old-units', recordType: 'AdministrativeUnit', retired: true },
    rows: [
      { key: '999~1986-07-03', code: '999', name: 'An Lão', validFrom: '1986-07-03', parent: '52~1989-06-30' },
      { key: '52~1976-02-01', code: '52', name: 'Nghĩa Bình', validFrom: '1976-02-01' },
    ],
  })
  await world.seed({
    ...{ dataset: 'old-schools', resource: 'schools', recordType: 'School', retired: true },
    rows: [
      { key: 'R1', code: 'R1', name: 'Trường Hoa Mau', pupils: 7, district: '540~1986-07-03' },
      {
        key: 'R2',
        code: 'R2',
        name: 'Trường Hoa Cúc',
        pupils: 9,
        district: '549~2011-11-28',
        latitude: 13.78,
        longitude: 109.22,
      },
    ],
  })
  await world.seed({
    ...{ dataset: 'schools-of-old-units', resource: 'schools', recordType: 'School' },
    rows: [{ key: 'O1', code: 'O1', name: 'Trung học An Lão', pupils: 200, district: '999~1986-07-03' }],
  })
  await world.seed({
    ...{ dataset: 'bus-network', resource: 'old-stops', recordType: 'BusStop', retired: true },
    rows: [{ key: 'S9', code: 'S9', name: 'Bến cũ' }],
  })
  await world.seed({
    ...{ dataset: 'bus-network', resource: 'night-routes', recordType: 'BusRoute' },
    rows: [{ key: 'N1', code: 'N1', stops: ['S9', 'S1'] }],
  })
})
afterAll(async () => {
  await world.dispose()
})

async function data(question: string): Promise<unknown> {
  const { data: answered, errors } = await world.query(question)
  expect(errors).toBeUndefined()
  return answered
}

const keys = (...all: string[]) => ({ nodes: all.map((key) => ({ key })) })

test('a list has none of them, nor have its counts, groups and what is near', async () => {
  expect(
    await data(`{ schools {
      totalCount aggregate { sum { pupils } } nodes { key }
      groupBy(by: [{ field: DATASET }]) { count }
    }
    some: schools(where: { key: { in: ["R1", "P1"] } }) { totalCount nodes { key } }
    near: schools(near: { latitude: 13.78, longitude: 109.22, km: 1 }) { nodes { key } } }`),
  ).toEqual({
    schools: {
      ...{ totalCount: 5, aggregate: { sum: { pupils: '1080' } }, ...keys('P1', 'P2', 'P3', 'N1', 'O1') },
      groupBy: [{ count: 3 }, { count: 1 }, { count: 1 }],
    },
    some: { totalCount: 1, ...keys('P1') },
    near: keys('P1'),
  })
})

test('one record by key or id is not there', async () => {
  const id = (text: string) => Buffer.from(text).toString('base64url')
  expect(
    await data(`{
      old: administrativeUnit(key: "999~1986-07-03", dataset: "places") { key }
      byId: record(id: "${id('AdministrativeUnit|places||999~1986-07-03')}") { key }
      other: administrativeUnit(key: "52~1989-06-30", dataset: "places") { key }
    }`),
  ).toEqual({ old: null, byId: null, other: { key: '52~1989-06-30' } })
})

test('a relation leads to none of them', async () => {
  expect(
    await data(`{
      one: school(key: "O1", dataset: "schools-of-old-units") { district { name } }
      among: schools(where: { key: { in: ["O1", "P3"] } }) { nodes { district { name } } }
      many: busRoute(key: "N1", dataset: "bus-network") { stops { totalCount nodes { key } } }
      far: administrativeUnits(where: { code: { in: ["52", "540"] } }, orderBy: [{ code: ASC }]) {
        nodes { key children { totalCount nodes { key } } schools { totalCount aggregate { sum { pupils } } } }
      }
    }`),
  ).toEqual({
    one: { district: null },
    among: { nodes: [{ district: { name: 'An Nhơn' } }, { district: null }] },
    many: { stops: { totalCount: 1, ...keys('S1') } },
    far: {
      nodes: [
        {
          key: '52~1989-06-30',
          children: { totalCount: 2, ...keys('540~1986-07-03', '549~2011-11-28') },
          schools: { totalCount: 0, aggregate: { sum: { pupils: null } } },
        },
        {
          key: '540~1986-07-03',
          children: { totalCount: 0, nodes: [] },
          schools: { totalCount: 2, aggregate: { sum: { pupils: '800' } } },
        },
      ],
    },
  })
})

test('a filter sees none of them through a relation, and takes one that is referred to for missing', async () => {
  expect(
    await data(`{
      one: schools(where: { district: { name: { eq: "An Lão" } } }) { totalCount }
      missing: schools(where: { district: { isNull: true } }) { nodes { key } }
      some: administrativeUnits(where: { schools: { some: { pupils: { lt: 10 } } } }) { totalCount }
      none: administrativeUnits(where: { schools: { none: { pupils: { lt: 10 } } } }) { totalCount }
      every: administrativeUnits(where: { code: { eq: "540" }, schools: { every: { pupils: { gt: 10 } } } }) { totalCount }
      stops: busRoutes(where: { stops: { some: { name: { eq: "Bến cũ" } } } }) { totalCount }
    }`),
  ).toEqual({
    one: { totalCount: 0 },
    missing: keys('N1', 'O1'),
    some: { totalCount: 0 },
    none: { totalCount: 4 },
    every: { totalCount: 1 },
    stops: { totalCount: 0 },
  })
})

test('orders and groups take what refers to them for what refers to none', async () => {
  expect(
    await data(`{ schools(where: { key: { in: ["P1", "P3", "O1"] } }, orderBy: [{ district: { name: ASC } }]) {
      nodes { key } groupBy(by: [{ field: DISTRICT }], orderBy: [{ key: { district: { name: ASC } } }]) { key { district { name } } count }
    } }`),
  ).toEqual({
    schools: {
      ...keys('P3', 'P1', 'O1'),
      groupBy: [
        { key: { district: { name: 'An Nhơn' } }, count: 1 },
        { key: { district: { name: 'Quy Nhơn' } }, count: 1 },
        { key: { district: null }, count: 1 },
      ],
    },
  })
})

test('a search that only they answer finds what is spelled alike', async () => {
  expect(await data('{ schools(search: "hoa mau") { nodes { key } } }')).toEqual({ schools: keys('N1') })
})
