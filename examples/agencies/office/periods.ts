/** Years whose figures are complete, and the running one. */
export const statisticYears = [2021, 2022, 2023, 2024, 2025] as const
export type StatisticYear = (typeof statisticYears)[number]

/** Quarters of the year that have ended by the reference date. */
export function quartersOf(year: StatisticYear): string[] {
  return ['Quý I', 'Quý II', 'Quý III', 'Quý IV'].slice(0, year === 2025 ? 2 : 4)
}

/** Months of the year that have ended by the reference date. */
export function monthsOf(year: StatisticYear): number[] {
  return Array.from({ length: year === 2025 ? 6 : 12 }, (_, index) => index + 1)
}
