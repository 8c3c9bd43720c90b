import { describe, expect, test } from '@jest/globals'
import { SourceNumber } from './driver.js'
import { PageTrail, refuseMissingRows } from './page-trail.js'
import { asWritten } from '../../src/errors/wording.js'

describe('a trail of pages', () => {
  test('ends a source that never ends', () => {
    const trail = new PageTrail(asWritten('a list'))
    for (let page = 0; page < 10_000; page += 1) trail.enter(`page ${page}`)
    expect(() => {
      trail.enter('one more')
    }).toThrow('The source answered with something that is not a list: there are more than 10000 pages.')
  })

  test('tells pages apart by their numbers too, and lets empty pages come again', () => {
    const trail = new PageTrail(asWritten('a list'))
    trail.enter('1')
    trail.read([{ value: new SourceNumber('1') }])
    trail.enter('2')
    trail.read([])
    trail.enter('3')
    trail.read([])
    trail.enter('4')
    trail.read([{ value: new SourceNumber('2') }])
    trail.enter('5')
    expect(() => {
      trail.read([{ value: new SourceNumber('1') }])
    }).toThrow('page 5 repeats page 1')
  })
})

describe('a total', () => {
  test('that is more or less than what was read is a fault; none is not', () => {
    expect(() => {
      refuseMissingRows(9, 10)
    }).toThrow('9 of 10 rows were read')
    expect(() => {
      refuseMissingRows(11, 10)
    }).toThrow('11 of 10 rows were read')
    refuseMissingRows(10, 10)
    refuseMissingRows(10, undefined)
  })
})
