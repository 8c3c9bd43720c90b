import { expect, test } from '@jest/globals'
import { looksLikePersonName } from './person-name.js'

test.each(['Nguyễn Thị Minh Khai', 'TRẦN VĂN AN', 'Le Van Tam', 'NGUYEN AN', 'Đỗ Hữu', 'Đinh Yơk'])(
  '%p is one of a person',
  (text) => {
    expect(looksLikePersonName(text)).toBe(true)
  },
)

test.each([
  'Trường Tiểu học Trần Phú',
  'Công ty TNHH Hoàng Anh',
  'Nguyễn',
  'Bệnh viện Đa khoa',
  'Hồ chứa nước Núi Một',
  'Trần Phú 12',
  'Quy Nhơn',
])('%p is none', (text) => {
  expect(looksLikePersonName(text)).toBe(false)
})
