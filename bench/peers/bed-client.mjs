// The client of the bed service that a team writes once: batches of 25, answers kept for an hour.
const keepMs = 3_600_000
const idsPerCall = 25
const kept = new Map()

export function forgetBeds() {
  kept.clear()
}

/** Beds in the order of the ids, null for unknown ones. */
export async function bedsOf(ids) {
  const now = Date.now()
  const missing = ids.filter((id) => !(kept.get(id)?.until > now))
  const calls = []
  for (let start = 0; start < missing.length; start += idsPerCall)
    calls.push(call(missing.slice(start, start + idsPerCall)))
  for (const { beds } of await Promise.all(calls)) {
    for (const bed of beds) kept.set(bed.facility, { until: now + keepMs, bed })
  }
  return ids.map((id) => kept.get(id)?.bed ?? null)
}

async function call(ids) {
  const response = await fetch(`${process.env.BEDS_URL}/beds?facilities=${ids.join(',')}`)
  if (!response.ok) throw new Error(`The bed service answered ${response.status}.`)
  return response.json()
}
