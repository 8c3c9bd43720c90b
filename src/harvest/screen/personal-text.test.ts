import { expect, test } from '@jest/globals'
import { looksPersonal } from './personal-text.js'

test.each([
  ['052201012345', 'CCCD'],
  ['CCCD: 079 098 012 345', 'CCCD'],
  ['{"owner":{"id":"052201012345"}}', 'CCCD'],
  ['0912345678', 'PHONE'],
  ['+84 91 234 56 78', 'PHONE'],
  ['Ông An, đt 0905.123.456', 'PHONE'],
  ['０９１２３４５６７８', 'PHONE'],
  ['an.nguyen@example.com', 'EMAIL'],
  ['DN4524520123456', 'HEALTH_CARD'],
  ['thẻ hc 4 52 4520123456', 'HEALTH_CARD'],
  ['77C-123.45', 'PLATE'],
  ['xe 77C1 123.45 gửi lúc 8 giờ', 'PLATE'],
  ['13.7823456789', undefined],
  ['202506301230', undefined],
  ['52540301', undefined],
  ['123 Trần Hưng Đạo', undefined],
  ['02563821234', undefined],
  ['1.234.567.890.123', undefined],
  ['QĐ4524520123456', undefined],
  ['77C-12345', undefined],
  ['TCVN 7957:2008', undefined],
  ['16.77.123.45', undefined],
  ['[[109.2194567,13.7734567],[109.2194571,13.7734571]]', undefined],
])('%p looks like %p', (text, kind) => {
  expect(looksPersonal(text)).toBe(kind)
})
