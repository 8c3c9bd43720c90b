import type { SeededRandom } from '../seeded-random.js'
import type { Place } from './places.js'

/** Where something is, as the agencies' services write it; some were never measured. */
export function apiPlace(place: Place, random: SeededRandom, missing = 0.06): object {
  const measured = random.next() >= missing
  return {
    address: place.address,
    districtCode: place.district.code,
    communeCode: place.commune.code,
    lat: measured ? place.latitude : null,
    lng: measured ? place.longitude : null,
  }
}
