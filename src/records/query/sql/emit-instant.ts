import type { Comparison, FilterValue } from '../plan/plan.js'
import type { Emission } from './emission.js'

/**
 * A comparison of times. They are kept to the microsecond and shown to the millisecond: one that is told no more exactly than it is
 * shown stands for its whole millisecond, so that the time of an answer finds what had it. The expression stands alone on its side,
 * where an index serves it. Undefined: the comparison means the same either way.
 */
export function emitInstantComparison(
  emission: Emission,
  expression: string,
  comparison: Comparison,
  value: FilterValue,
): string | undefined {
  if (typeof value === 'boolean') return undefined
  if (typeof value !== 'string') return emitAmong(emission, expression, comparison, value)
  if (!isShownWhole(value)) return undefined
  const place = emission.value(value, 'timestamptz')
  const end = `${place} + ${millisecond}`
  switch (comparison) {
    case 'eq':
      return `(${expression} >= ${place} and ${expression} < ${end})`
    case 'ne':
      return `(${expression} < ${place} or ${expression} >= ${end})`
    case 'lte':
      return `${expression} < ${end}`
    case 'gt':
      return `${expression} >= ${end}`
    case 'contains':
      return `${allShown(expression)} @> array[${place}]`
    default:
      return undefined
  }
}

const millisecond = `interval '1 ms'`

/** Whether an answer shows all of it. */
function isShownWhole(text: string): boolean {
  return !/\.\d{4}/.test(text)
}

function emitAmong(
  emission: Emission,
  expression: string,
  comparison: Comparison,
  values: readonly string[],
): string | undefined {
  const shown = values.filter(isShownWhole)
  if (shown.length === 0) return undefined
  const shownPlace = emission.value(shown, 'timestamptz[]')
  const exact = values.filter((value) => !isShownWhole(value))
  const exactly = (operator: (place: string) => string): string[] =>
    exact.length === 0 ? [] : [operator(emission.value(exact, 'timestamptz[]'))]
  switch (comparison) {
    case 'in':
    case 'notIn': {
      // No index has times cut to the millisecond, but one finds those from the first to the last.
      const ends = `(select min(v) from unnest(${shownPlace}) v) and ${expression} < (select max(v) from unnest(${shownPlace}) v) + ${millisecond}`
      const among = `(${expression} >= ${ends} and date_trunc('milliseconds', ${expression}) = any(${shownPlace}))`
      const found = [among, ...exactly((place) => `${expression} = any(${place})`)].join(' or ')
      return comparison === 'in' ? `(${found})` : `(${expression} is not null and not (${found}))`
    }
    case 'containsAny':
      return `(${[`${allShown(expression)} && ${shownPlace}`, ...exactly((place) => `${expression} && ${place}`)].join(' or ')})`
    case 'containsAll':
      return `(${[`${allShown(expression)} @> ${shownPlace}`, ...exactly((place) => `${expression} @> ${place}`)].join(' and ')})`
    default:
      return undefined
  }
}

/** The times of a list as they are shown; an empty list stays one. */
function allShown(list: string): string {
  return `coalesce((select array_agg(date_trunc('milliseconds', v)) from unnest(${list}) v), ${list})`
}
