const candidates = [',', ';', '\t', '|'] as const
const linesLookedAt = 20

/**
 * The character that parts the cells: the one that comes equally often in most of the first lines, outside quotes; of
 * several, the one that makes more columns. A file of one column has none; then a comma does no harm.
 */
export function detectDelimiter(head: string, quote: string): string {
  const lines = rowsOf(head, quote)
  let best: string = candidates[0]
  let bestAgreeing = 0
  let bestCount = 0
  for (const candidate of candidates) {
    const counts = lines.map((line) => line.split(candidate).length - 1)
    const expected = counts[0] ?? 0
    if (expected === 0) continue
    const agreeing = counts.filter((count) => count === expected).length
    if (agreeing > bestAgreeing || (agreeing === bestAgreeing && expected > bestCount)) {
      best = candidate
      bestAgreeing = agreeing
      bestCount = expected
    }
  }
  return best
}

/** The first rows that are not blank, without what stands in quotes. The last one may be cut off and only counts alone. */
function rowsOf(head: string, quote: string): string[] {
  const rows: string[] = []
  let row = ''
  let quoted = false
  for (const character of head) {
    if (quote !== '' && character === quote) quoted = !quoted
    else if (quoted) continue
    else if (character === '\n' || character === '\r') {
      if (row.trim() !== '') rows.push(row)
      row = ''
      if (rows.length === linesLookedAt) return rows
    } else row += character
  }
  if (rows.length === 0) rows.push(row)
  return rows
}
