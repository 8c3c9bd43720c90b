import type { Answer } from '../support/record-world.js'

/** Which cursor of the reference a cursor of the gateway stands for. */
export type Cursors = Map<string, string>

interface Shown {
  readonly data: unknown
  readonly errors: readonly unknown[]
}

/**
 * How the gateway's answer differs from the reference's, as text; undefined: it does not. Learns what each cursor stands for. Floats
 * may differ in their last digits, `sources` in their order.
 */
export function difference(expected: Shown, actual: Answer, cursors: Cursors): string | undefined {
  const errors = (actual.errors ?? []).map((error) => errorText(error.path, error.extensions['code'], error.message))
  const wanted = expected.errors.map(String).sort()
  if (wanted.join('\n') !== [...errors].sort().map(withoutMessage).join('\n')) {
    return `errors:\n  expected ${JSON.stringify(wanted)}\n  got      ${JSON.stringify(errors)}`
  }
  return compare('data', expected.data, actual.data, cursors)
}

export function errorText(path: unknown, code: unknown, message = ''): string {
  return `${JSON.stringify(path)} ${String(code)}${message === '' ? '' : ` – ${message}`}`
}

function withoutMessage(text: string): string {
  return text.replace(/ – .*$/s, '')
}

function compare(path: string, expected: unknown, actual: unknown, cursors: Cursors): string | undefined {
  const differs = `${path}:\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(actual)}`
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return differs
    const [wanted, got] = isSources(expected) ? [sorted(expected), sorted(actual)] : [expected, actual]
    for (const [index, each] of wanted.entries()) {
      const found = compare(`${path}[${index}]`, each, got[index], cursors)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (isObject(expected)) {
    if (!isObject(actual) || Object.keys(expected).join() !== Object.keys(actual).join()) return differs
    for (const [name, each] of Object.entries(expected)) {
      const found = compare(`${path}.${name}`, each, actual[name], cursors)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (typeof expected === 'number' && typeof actual === 'number') {
    const tolerance = 1e-9 * Math.max(Math.abs(expected), Math.abs(actual))
    return Math.abs(expected - actual) <= tolerance ? undefined : differs
  }
  if (typeof expected === 'string' && expected.startsWith('cursor ') && typeof actual === 'string') {
    const known = cursors.get(actual)
    if (known !== undefined && known !== expected) return `${differs}\n  which stood for ${known}`
    cursors.set(actual, expected)
    return undefined
  }
  return expected === actual ? undefined : differs
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSources(values: readonly unknown[]): boolean {
  return isObject(values[0]) && values[0]['__typename'] === 'SourceState'
}

function sorted(values: readonly unknown[]): readonly unknown[] {
  const text = (value: unknown): string => JSON.stringify(value)
  return [...values].sort((a, b) => (text(a) < text(b) ? -1 : 1))
}
