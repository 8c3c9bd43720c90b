import { describe, expect, test } from '@jest/globals'
import { SourceNumber, type SourceValue } from '../../../connectors/drivers/driver.js'
import { isSourceObject, parseSourceJson } from './source-json.js'
import { utf8Text } from './utf8-text.js'

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))
const member = (value: SourceValue, name: string): SourceValue | undefined =>
  isSourceObject(value) ? value[name] : undefined

describe('JSON of a source', () => {
  test('keeps every digit of a number as it is written', () => {
    const text = '[1e999, 12345678901234567890, 0.10, -0, -9.5e3, 1.0]'
    expect(parseSourceJson(text)).toEqual(
      ['1e999', '12345678901234567890', '0.10', '-0', '-9.5e3', '1.0'].map((number) => new SourceNumber(number)),
    )
  })

  test('keeps names of Object as data', () => {
    const parsed = parseSourceJson(
      '{"__proto__": {"polluted": "yes"}, "constructor": {"prototype": "a"}, "toString": "b"}',
    )
    expect(member(member(parsed, '__proto__') ?? null, 'polluted')).toBe('yes')
    expect(member(parsed, 'toString')).toBe('b')
    expect(member(parsed, 'hasOwnProperty')).toBeUndefined()
    expect(Object.getPrototypeOf(parsed)).toBeNull()
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test.each([
    ['cut off', '{"a": [1, 2', 'it is malformed or cut off'],
    ['a web page', ' <!DOCTYPE html>', 'it looks like a web page'],
    ['empty', ' ', 'it is empty'],
    ['nested without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested more than 100 deep'],
    ['not a number', '{"a": NaN}', 'it is malformed or cut off'],
  ])('that is %s is refused', (_what, text, detail) => {
    expect(() => parseSourceJson(text)).toThrow(detail)
  })

  test.each(['[1,2,3]', '[[],{}]', '{"a":1,"b":{"c":2}}'])(
    '%s is refused where it may hold two values only',
    (text) => {
      expect(() => parseSourceJson(text, 2)).toThrow('2 values')
      expect(() => parseSourceJson(text, 5)).not.toThrow()
    },
  )

  test('commas within its texts are no values', () => {
    expect(parseSourceJson('["a,b,c,[{"]', 2)).toEqual(['a,b,c,[{'])
  })

  test('may hold brackets within its texts', () => {
    expect(parseSourceJson(JSON.stringify('['.repeat(500)))).toBe('['.repeat(500))
    expect(parseSourceJson(JSON.stringify('"['.repeat(500)))).toBe('"['.repeat(500))
  })
})

describe('text of a source', () => {
  test('loses its byte-order mark and nothing else', () => {
    expect(utf8Text(bytes([0xef, 0xbb, 0xbf], 'Quy Nhơn'))).toBe('Quy Nhơn')
    expect(utf8Text(bytes('a\ufeffb'))).toBe('a\ufeffb')
  })

  test.each([
    ['a stray byte', bytes('Nhơn', [0xff], 'a'), 5],
    ['a character that is cut off', bytes('Nh', [0xc6]), 2],
    ['a surrogate', bytes('ab', [0xed, 0xa0, 0x80]), 2],
    ['an overlong slash', bytes('abc', [0xc0, 0xaf]), 3],
    ['a stray byte after a replacement character', bytes('\ufffda', [0xe2, 0x28]), 4],
    ['a stray byte after a byte-order mark', bytes('\ufeffa', [0x80]), 4],
  ])('with %s is refused with its place', (_what, given, offset) => {
    expect(() => utf8Text(given)).toThrow(`(at byte ${offset})`)
  })
})
