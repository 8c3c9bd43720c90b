import type { TypedRow } from './school-rows.js'
import type { Level } from './schools.js'

/** A slip in the list of 2024-2025. Each makes a row that does not fit its record schema and has to be set aside. */
export interface Mistake {
  readonly level: Level
  /** The row's place in the level's list, from 0. */
  readonly row: number
  readonly change: Partial<TypedRow>
}

export const mistakes: readonly Mistake[] = [
  { level: 'KINDERGARTEN', row: 21, change: { pupils: 'chưa báo cáo' } },
  { level: 'KINDERGARTEN', row: 90, change: { openedOn: '00/09/1998' } },
  { level: 'PRIMARY', row: 12, change: { pupils: -35 } },
  { level: 'PRIMARY', row: 58, change: { openedOn: '31/02/1998' } },
  // The code of the first school of the list, typed once more.
  { level: 'PRIMARY', row: 101, change: { code: '52540301' } },
  { level: 'PRIMARY', row: 140, change: { communeCode: '99999' } },
  { level: 'LOWER_SECONDARY', row: 33, change: { latitude: 109.112233, longitude: 13.889911 } },
  { level: 'LOWER_SECONDARY', row: 77, change: { name: null } },
]

export function withMistakes(level: Level, rows: readonly TypedRow[]): TypedRow[] {
  return rows.map((row, index) => {
    const mistake = mistakes.find((one) => one.level === level && one.row === index)
    return { ...row, ...mistake?.change }
  })
}
