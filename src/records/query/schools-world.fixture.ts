import { createRecordWorld, type RecordWorld } from '../../../test/support/record-world.js'

/** A record world with places, schools of two datasets, bus stops and routes, and beds that were never looked up. */
export async function createSchoolsWorld(): Promise<RecordWorld> {
  const world = await createRecordWorld()
  await world.seed({
    dataset: 'places',
    resource: 'units',
    recordType: 'AdministrativeUnit',
    rows: [
      { key: '52~1989-06-30', code: '52', name: 'Bình Định', validFrom: '1989-06-30', validTo: '2025-06-30' },
      {
        key: '540~1986-07-03',
        code: '540',
        name: 'Quy Nhơn',
        validFrom: '1986-07-03',
        validTo: '2025-06-30',
        parent: '52~1989-06-30',
      },
      {
        key: '549~2011-11-28',
        code: '549',
        name: 'An Nhơn',
        validFrom: '2011-11-28',
        validTo: '2025-06-30',
        parent: '52~1989-06-30',
      },
      { key: '21583~2025-07-01', code: '21583', name: 'Đập Đá', validFrom: '2025-07-01', validTo: null },
    ],
  })
  const school = (code: string, name: string, rest: object) => ({ key: code, code, name, ...rest })
  await world.seed({
    dataset: 'primary-schools',
    resource: 'schools',
    recordType: 'School',
    rows: [
      school('P1', 'Tiểu học Trần Phú', {
        level: 'PRIMARY',
        pupils: 500,
        district: '540~1986-07-03',
        openedOn: '1990-09-05',
        latitude: 13.78,
        longitude: 109.22,
        budget: '12345678901234567890.50',
        seats: '9007199254740993',
      }),
      school('P2', 'Tiểu học Đống Đa', {
        level: 'PRIMARY',
        pupils: 300,
        district: '540~1986-07-03',
        openedOn: '1990-12-01',
        latitude: 13.77,
        longitude: 109.21,
      }),
      school('P3', 'Tiểu học Nhơn Hưng', {
        level: 'PRIMARY',
        pupils: null,
        district: '549~2011-11-28',
        tags: ['xanh', 'sạch'],
      }),
    ],
  })
  await world.seed({
    dataset: 'nurseries',
    resource: 'schools',
    recordType: 'School',
    rows: [school('N1', 'Nhà trẻ Hoa Mai', { level: 'NURSERY', pupils: 80, district: null })],
  })
  await world.seed({
    dataset: 'bus-network',
    resource: 'stops',
    recordType: 'BusStop',
    rows: [
      { key: 'S1', code: 'S1', name: 'Bến xe' },
      { key: 'S2', code: 'S2', name: 'Chợ' },
    ],
  })
  await world.seed({
    dataset: 'bus-network',
    resource: 'routes',
    recordType: 'BusRoute',
    rows: [
      { key: 'T1', code: 'T1', stops: ['S1', 'S2'] },
      { key: 'T2', code: 'T2', stops: ['S2'] },
    ],
  })
  await world.seed({ dataset: 'beds', resource: 'beds', recordType: 'BedAvailability', mode: 'LOOKUP', fetched: false })
  return world
}
