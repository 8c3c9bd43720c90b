import { expect, test } from '@jest/globals'
import { writtenOut } from './designated-names.js'

test.each([
  ['TP. Quy Nhơn', 'thanh pho quy nhon'],
  ['TP Quy Nhơn', 'thanh pho quy nhon'],
  ['TX.An Nhơn', 'thi xa an nhon'],
  ['H. Tuy Phước', 'huyen tuy phuoc'],
  ['P. Trần Phú', 'phuong tran phu'],
  ['Huyện  Tuy Phước ', 'huyen tuy phuoc'],
  ['An Nhơn', 'an nhon'],
  ['Hoài Ân', 'hoai an'],
])('%s is written out as %s', (name, whole) => {
  expect(writtenOut(name)).toBe(whole)
})
