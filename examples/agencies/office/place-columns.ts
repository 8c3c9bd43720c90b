import type { SeededRandom } from '../seeded-random.js'
import type { Place } from './places.js'
import { comma, gap, type Row } from './rows.js'

/** Where something is, as most lists have it: codes of district and commune. */
export function placeColumns({ district, commune }: Place): Row {
  return { 'Mã huyện': district.code, 'Mã xã': commune.code }
}

/** Both coordinates as numbers, below one merged header; of some neither was measured. */
export function coordinateColumns(place: Place, random: SeededRandom, missing: number): Row {
  const measured = random.next() >= missing
  return {
    'Toạ độ / Vĩ độ': measured ? place.latitude : null,
    'Toạ độ / Kinh độ': measured ? place.longitude : null,
  }
}

/** With degrees written with a decimal comma; some were never measured. */
export function mappedColumns(place: Place, random: SeededRandom, missing = 0.08): Row {
  const measured = random.next() >= missing
  return {
    ...placeColumns(place),
    'Vĩ độ': measured ? comma(place.latitude) : null,
    'Kinh độ': measured ? comma(place.longitude) : null,
  }
}

/** With the address too. */
export function addressColumns(place: Place, random: SeededRandom, missing = 0.08): Row {
  return { 'Địa chỉ': gap(random, 0.03, place.address), ...mappedColumns(place, random, missing) }
}
