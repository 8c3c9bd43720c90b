import { describe, expect, test } from '@jest/globals'
import { SourceNumber } from '../../../connectors/drivers/driver.js'
import { converterSchema } from '../manifest/field-mapping.js'
import { fault, map, valuesOf } from './mapping.fixture.js'

const binhDinh = { meridian: 108.25 }
const fields = {
  code: { column: 'Mã' },
  name: { column: 'X', convert: [{ vn2000: { ...binhDinh, easting: 'Y' } }] },
  value: { column: 'Y', convert: [{ vn2000: { ...binhDinh, northing: 'X' } }] },
}

async function degreesOf(x: string | SourceNumber, y: string | SourceNumber): Promise<readonly number[]> {
  const [row] = valuesOf(await map({ fields }, { main: [{ Mã: 'A', X: x, Y: y }] }))
  return [Number(String(row?.['name'])), Number(String(row?.['value']))]
}

/** The latitude in degrees to which a meridian's arc of so many metres from the equator leads, on WGS 84. */
function latitudeOfArc(arc: number): number {
  const squared = 0.00669437999014
  let low = 0
  let high = 30
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (arcOf((middle * Math.PI) / 180, squared) < arc) low = middle
    else high = middle
  }
  return low
}

function arcOf(latitude: number, squared: number): number {
  const steps = 2000
  let sum = 0
  for (let step = 0; step < steps; step++) {
    const at = ((step + 0.5) * latitude) / steps
    sum += (1 - squared * Math.sin(at) ** 2) ** -1.5
  }
  return (6_378_137 * (1 - squared) * sum * latitude) / steps
}

describe('vn2000', () => {
  test('gives the degrees of a place on the central meridian, moved from the Vietnamese to the world datum', async () => {
    const northing = 1_523_953.5
    const [latitude = 0, longitude = 0] = await degreesOf(
      new SourceNumber(String(northing)),
      new SourceNumber('500000'),
    )
    // The seven parameters, worked out by hand for this place, move it 113.75 m south and 194.27 m east. Along its central meridian the projection is the meridian's arc: its length is checked, not the library that computed it.
    const metresNorth = (latitude - latitudeOfArc(northing / 0.9999)) * 110_650
    const metresEast = (longitude - 108.25) * 108_200
    expect(metresNorth).toBeCloseTo(-113.75, 0)
    expect(metresEast).toBeCloseTo(194.27, 0)
  })

  test('reads coordinates as Vietnamese and as plain texts alike', async () => {
    expect(await degreesOf('1.523.953,5', '604.886,4')).toEqual(await degreesOf('1523953.5', '604886.4'))
  })

  test('a place outside Viet Nam is a problem of its row that asks what may be wrong', async () => {
    const [row] = await map({ fields }, { main: [{ Mã: 'A', X: '604886.4', Y: '1523953.5' }] })
    expect(row?.problems).toEqual([
      expect.objectContaining({ field: 'name', value: '604886.4' }),
      expect.objectContaining({
        field: 'value',
        reason: { en: expect.stringContaining('exchanged'), vi: expect.stringContaining('kinh tuyến trục') },
      }),
    ])
  })

  test('a row with one of the two coordinates is a problem of it', async () => {
    const [row] = await map({ fields }, { main: [{ Mã: 'A', X: '1523953.5', Y: null }] })
    expect(row?.problems).toEqual([
      expect.objectContaining({
        field: 'name',
        reason: { en: 'the column Y has no coordinate', vi: 'cột Y không có toạ độ' },
      }),
    ])
  })

  test('the other column has to be there', async () => {
    expect(await fault(map({ fields }, { main: [{ Mã: 'A', X: '1523953.5' }] }))).toContain('MISSING_COLUMNS')
  })

  test.each([
    { vn2000: { meridian: 108.25 } },
    { vn2000: { meridian: 108.25, easting: 'Y', northing: 'X' } },
    { vn2000: { meridian: 10, easting: 'Y' } },
  ])('a setting that says too little or too much is refused: %j', (converter) => {
    expect(converterSchema.safeParse(converter).success).toBe(false)
  })
})

test('a problem of a field that is read by an expression shows the value that the expression found', async () => {
  const [row] = await map(
    { fields: { code: { column: 'id' }, name: { path: 'place.opened', convert: [{ date: 'dd/MM/yyyy' }] } } },
    { main: [{ id: '1', place: { opened: '2025-02-31' } }] },
  )
  expect(row?.problems).toEqual([expect.objectContaining({ field: 'name', value: '2025-02-31' })])
})
