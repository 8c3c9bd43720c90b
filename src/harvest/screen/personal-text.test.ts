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
  ['052  201\t012345', 'CCCD'],
  ['052–201–012345', 'CCCD'],
  ['052\u2011201\u2011012345', 'CCCD'],
  ['052\u200b201012345', 'CCCD'],
  ['052·201·012345', 'CCCD'],
  ['{052201012345,079098012345}', 'CCCD'],
  ['(+84) 912 345 678', 'PHONE'],
  ['(091) 234 5678', 'PHONE'],
  ['+84 (0) 912 345 678', 'PHONE'],
  ['0084 912345678', 'PHONE'],
  ['09 12 34 56 78', 'PHONE'],
  ['0912 – 345 – 678', 'PHONE'],
  ['0912\u00ad345\u200b678', 'PHONE'],
  ['Ông An, ĐT.0905123456', 'PHONE'],
  ['an＠example．com', 'EMAIL'],
  ['an @ example.com', 'EMAIL'],
  ['an\u200b@example.com', 'EMAIL'],
  ['13.7823456789', undefined],
  ['[0.912345678,0.52201012345]', undefined],
  ['09-05-2023 14:30', undefined],
  ['09.05.2023 14', undefined],
  ['từ 01-02-2023 31-12-2023', undefined],
  ['3@1.5', undefined],
  ['1234.0912345678', undefined],
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

test.each(['@' + 'a'.repeat(200_000), 'a@' + 'b-'.repeat(100_000), 'a@b.'.repeat(50_000), '0 '.repeat(100_000)])(
  'a text of 200,000 letters is looked through in no time',
  (text) => {
    const begun = performance.now()
    expect(looksPersonal(text)).toBeUndefined()
    expect(performance.now() - begun).toBeLessThan(2_000)
  },
)
