/** People of a district in thousands, roughly, by its code. */
const thousands: Readonly<Record<string, number>> = {
  '540': 292,
  '542': 28,
  '543': 209,
  '544': 86,
  '545': 162,
  '546': 32,
  '547': 117,
  '548': 184,
  '549': 176,
  '550': 168,
  '551': 29,
}

/** People who live in the district with this code, roughly. */
export function peopleOf(districtCode: string): number {
  return (thousands[districtCode] ?? 50) * 1000
}
