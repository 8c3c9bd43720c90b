import { schoolCode, schoolDatasets } from '../dataset/generate.js'
import { Random } from '../dataset/random.js'
import type { Variables } from './workload.js'

const count = 20

/** Pages that follow schools all over the table. */
export function pagesAfter(rows: number): Variables[] {
  const random = new Random(1)
  const perDataset = Math.floor(rows / schoolDatasets.length)
  return Array.from({ length: count }, (_, index) => ({
    after: schoolCode(index % schoolDatasets.length, random.integer(perDataset - 1000)),
  }))
}

export function levelsWithPupils(least: number): Variables[] {
  const levels = ['NURSERY', 'KINDERGARTEN', 'PRIMARY', 'LOWER_SECONDARY', 'UPPER_SECONDARY']
  return levels.flatMap((level) => [0, 20, 40, 60].map((more) => ({ level, pupils: least + more })))
}

export function districtCodes(): Variables[] {
  return Array.from({ length: count }, (_, index) => ({ from: String(100 + index * 9) }))
}

export function wordPairs(): Variables[] {
  const given = ['Huệ', 'Thường Kiệt', 'Khuyến']
  const places = ['Nhơn', 'Khánh']
  return given.flatMap((name) => places.map((place) => ({ words: `${name.split(' ').at(-1) ?? ''} ${place}` })))
}

export function points(): Variables[] {
  const random = new Random(2)
  return Array.from({ length: count }, () => {
    const latitude = 11.2 + random.integer(20) * 0.25
    const longitude = 107.3 + random.integer(10) * 0.2
    return { latitude, longitude }
  })
}
