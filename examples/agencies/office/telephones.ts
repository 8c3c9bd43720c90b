import type { SeededRandom } from '../seeded-random.js'

/** A number of the province's network that an office may have. */
export function officePhone(random: SeededRandom): string {
  return `0256 3${random.between(500_000, 999_999)}`
}
