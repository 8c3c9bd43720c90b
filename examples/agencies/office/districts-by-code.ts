import { districts, type District } from './places.js'

/** The district with this code; throws when there is none. */
export function districtOf(code: string): District {
  const district = districts.find((candidate) => candidate.code === code)
  if (district === undefined) throw new Error(`There is no district ${code}.`)
  return district
}
