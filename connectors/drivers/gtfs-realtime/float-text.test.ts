import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { floatText } from './float-text.js'

describe('the text of a 32-bit float', () => {
  test('is as short as it can be', () => {
    expect([13.78, 109.22, -0, 47, 1e-7, 16_777_216].map((value) => floatText(Math.fround(value)))).toEqual([
      '13.78',
      '109.22',
      '0',
      '47',
      '1e-7',
      '16777216',
    ])
  })

  test('reads back as the same float', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(Number(floatText(value)))).toBe(value === 0 ? 0 : value)
      }),
    )
  })
})
