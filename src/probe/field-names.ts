import { folded } from '../connectors/mapping/text-folding.js'
import { isReservedFieldName, upperSnake } from '../records/schema/names.js'
import { headerLevels, usualFields } from './header-words.js'

const longest = 40

/** `Số giường bệnh (cái)` → `soGiuongBenh`; undefined when no letter is left. */
export function camelCase(text: string): string | undefined {
  const words = folded(headerLevels(text).join(' '))
    .replace(/\([^)]*\)/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  const [first, ...rest] = words
  if (first === undefined) return undefined
  const name = [first, ...rest.map(capitalised)].join('').slice(0, longest)
  return /^[a-z]/.test(name) ? name : `n${name}`
}

/** The name of a type: `Giếng khoan` → `GiengKhoan`. */
export function pascalCase(text: string): string | undefined {
  const name = camelCase(text)
  return name === undefined ? undefined : capitalised(name)
}

/** A code in a manifest: `Giếng khoan 2024` → `gieng-khoan-2024`; undefined when nothing is left. */
export function slug(text: string): string | undefined {
  const bare = folded(headerLevels(text).join(' '))
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
  return bare === '' ? undefined : bare
}

/** Valid and different names for headers, in their order. A usual header has its usual English name. */
export function fieldNames(headers: readonly string[], preferred: ReadonlyMap<string, string>): Map<string, string> {
  const taken = new Set<string>()
  const names = new Map<string, string>()
  headers.forEach((header, index) => {
    const wished = [preferred.get(header), ...usualFields(header), camelCase(header), `column${index + 1}`]
    const free = wished.find((name) => name !== undefined && !isReservedFieldName(name) && !taken.has(upperSnake(name)))
    const name = free ?? numbered(camelCase(header) ?? 'column', taken)
    taken.add(upperSnake(name))
    names.set(header, name)
  })
  return names
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) {
    const candidate = `${name}N${count}`
    if (!taken.has(upperSnake(candidate))) return candidate
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
