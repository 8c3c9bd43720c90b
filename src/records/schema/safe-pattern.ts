/**
 * Patterns of schema files run on agencies' values, so none may take exponential time: no look-around, no back-reference, no
 * repetition of a group that itself repeats or branches, and few open-ended repetitions.
 */
export function patternProblem(pattern: string): string | undefined {
  try {
    new RegExp(pattern, 'u')
  } catch {
    return 'The pattern is not a regular expression.'
  }
  if (pattern.length > 200) return 'The pattern is longer than 200 characters.'
  const groups: boolean[] = []
  let closed: boolean | undefined
  let inClass = false
  let openEnded = 0
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? ''
    const repeats = !inClass && (char === '*' || char === '+' || (char === '{' && !isFixedOnce(pattern, at)))
    if (repeats && !/^\{\d+\}/.test(pattern.slice(at))) openEnded += 1
    if (openEnded > 3) return 'The pattern has more than three open-ended repetitions.'
    if (repeats && closed === true)
      return 'The pattern repeats a group that itself repeats or branches, which can take for ever.'
    if (repeats || (!inClass && char === '|')) groups.fill(true)
    closed = undefined
    if (char === '\\') {
      if (/[1-9k]/.test(pattern[at + 1] ?? '')) return 'The pattern refers back to a group, which can take for ever.'
      at += 1
    } else if (inClass) {
      if (char === ']') inClass = false
    } else if (char === '[') {
      inClass = true
    } else if (char === '(') {
      if (/^\(\?(?!:)/.test(pattern.slice(at, at + 3))) return 'The pattern may use groups only as (…) or (?:…).'
      groups.push(false)
    } else if (char === ')') {
      closed = groups.pop() ?? false
    }
  }
  return undefined
}

/** `{0}`, `{1}` repeat nothing. */
function isFixedOnce(pattern: string, at: number): boolean {
  return /^\{[01]\}/.test(pattern.slice(at, at + 3))
}

/** A longer value matches no pattern: three open-ended repetitions take the cube of its length. */
export const longestMatched = 200

/** The whole value must match, as in Table Schema. The pattern must have passed `patternProblem`. */
export function wholePattern(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u')
}
