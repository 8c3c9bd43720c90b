import { describe, expect, test } from '@jest/globals'
import { createInformationCommunicationsAgency } from '../../examples/agencies/information-communications/information-communications-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe("the communications department's figures and registers", () => {
  const agency = agencyUnderTest(createInformationCommunicationsAgency, [
    ['electronic-game-venues', 260, ['computers: khoảng 30', 'commune: 99999']],
    ['electronics-environmental-standards', 69, ['issuedOn: quý I/2024']],
    ['fixed-broadband-performance', 594, []],
    ['fixed-broadband-subscriptions', 615, ['district: 541']],
    ['fixed-phone-subscriptions', 308, []],
    ['mobile-broadband-performance', 594, []],
    ['mobile-broadband-subscriptions', 616, []],
    ['mobile-phone-subscriptions', 614, ['subscriptions: -1', 'quarter: 5']],
    ['postal-licences', 52, ['action: Cấp thêm']],
    ['press-agencies', 24, []],
    ['public-postal-network', 240, ['postcode: 551', 'openedOn: 1997-13-01']],
    [
      'public-wifi-hotspots',
      234,
      ['latitude: 109.219', 'longitude: 13.775', 'ssid: Wifi mien phi cua thanh pho Quy Nhon 2019'],
    ],
    ['publishing-houses', 46, ['isbnPrefix: 978-604-73']],
    ['village-fixed-broadband-coverage', 465, []],
    ['village-mobile-broadband-coverage', 465, []],
  ])

  test('a certificate leads to its standard, and a standard to its certificates', async () => {
    const answer = await agency.world.query(
      `{ technicalStandards(where: { number: { eq: "TCVN ISO 14001:2015" } }) { nodes { status ics certificates { totalCount } } } standardCertificates(where: { standard: { status: { eq: REPLACED } } }) { totalCount } }`,
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual({
      technicalStandards: {
        nodes: [{ status: 'IN_FORCE', ics: '13.020.10', certificates: { totalCount: expect.any(Number) } }],
      },
      standardCertificates: { totalCount: 0 },
    })
  })

  test('files that the portal says are the same are not read again, but by a person who wants it', async () => {
    const { gateway, database } = agency.world
    const { rows } = await database.pool.query<{ id: number }>(
      `select id from gateway.connector where code = 'mobile-phone-subscriptions'`,
    )
    const id = rows[0]?.id ?? 0
    expect(await gateway.harvest.run(id, 'schedule')).toMatchObject({ outcome: 'UNCHANGED' })
    expect(await gateway.harvest.run(id, 'manual')).toMatchObject({ outcome: 'UNCHANGED' })
    const runs = await database.pool.query<{ read: number }>(
      'select read from gateway.run where connector_id = $1 order by id',
      [id],
    )
    expect(runs.rows.map(({ read }) => read)).toEqual([616, 0, 616])
  })

  test('what was set aside says in which of the resources of the portal it is', async () => {
    const { rows } = await agency.world.database.pool.query<{ part: string; number: number; field: string }>(
      `select distinct a.part, a.row_number as number, a.field from gateway.set_aside_row a join gateway.run r on r.id = a.run_id
         join gateway.connector c on c.id = r.connector_id
       where c.code = 'mobile-phone-subscriptions' order by a.part`,
    )
    expect(rows.map(({ part, number, field }) => `${part}, ${number}, ${field}`)).toEqual([
      '1: Số liệu năm 2022, 138, subscriptions',
      '3: Số liệu năm 2024, 51, quarter',
    ])
  })
})
