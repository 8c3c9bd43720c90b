import { describe, expect, test } from '@jest/globals'
import { SourceFault, sourceFaults } from './source-fault.js'
import { asWritten, worded } from './wording.js'

describe('the sentence of a fault', () => {
  const cutOff = worded('its compressed data ends early', 'dữ liệu nén kết thúc quá sớm')

  test('has its details in the language of its reader', () => {
    const fault = new SourceFault('NOT_DATA', { expected: worded('a list', 'danh sách'), detail: cutOff })
    expect(fault.messageEn).toBe(
      'The source answered with something that is not a list: its compressed data ends early.',
    )
    expect(fault.messageVi).toBe('Nguồn dữ liệu trả lời không phải là danh sách: dữ liệu nén kết thúc quá sớm.')
  })

  test('has names as they are written in both', () => {
    const fault = new SourceFault('MISSING_COLUMNS', { columns: asWritten('Mã trường') })
    expect([fault.messageEn, fault.messageVi]).toEqual([
      'The source lacks the columns Mã trường.',
      'Nguồn dữ liệu thiếu các cột Mã trường.',
    ])
  })

  test('is filled in the same places in both languages', () => {
    const placesIn = (sentence: string): string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map(([place]) => place).sort()
    for (const { en, vi } of Object.values(sourceFaults)) expect(placesIn(vi)).toEqual(placesIn(en))
  })
})
