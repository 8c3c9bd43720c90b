import { expect, test } from '@jest/globals'
import { meaningOfNames, personalIn } from './column-names.js'

test.each([
  ['Số CMND', '212345678', 'CMND'],
  ['Số CCCD/CMND', '212 345 678', 'CCCD'],
  ['Căn cước công dân', '52201012345', 'CCCD'],
  ['citizenId', '052201012345', 'CCCD'],
  ['Số định danh cá nhân', '212345678', 'CCCD'],
  ['Số hộ chiếu', 'C1234567', 'PASSPORT'],
  ['Mã thẻ BHYT', '4520123456', 'HEALTH_CARD'],
  ['Số tài khoản', '1903 4567 8901 23', 'BANK_ACCOUNT'],
  ['STK', '5801000012345', 'BANK_ACCOUNT'],
  ['Biển số xe', '77C-12345', 'PLATE'],
  ['SĐT', '912345678', 'PHONE'],
  ['Điện thoại liên hệ', '0912 345 678', 'PHONE'],
  // What has such a name and is none.
  ['Số thẻ BHYT đã cấp', '125430', undefined],
  ['Số tài khoản', '1245', undefined],
  ['Số hộ chiếu', '1254', undefined],
  ['Doanh thu điện thoại', '912345678', undefined],
  ['Mã định danh', '212345678', undefined],
  ['Số thuê bao di động', '1250000', undefined],
  ['Mã số thuế', '0912345678', undefined],
  ['Mã số thuế', '052201012345', 'CCCD'],
  ['Mã số', '0912345678', 'PHONE'],
])('in the column %p the value %p seems to be %p', (name, value, kind) => {
  expect(personalIn(meaningOfNames([name]), value)).toBe(kind)
})

test.each([
  ['Ngày sinh', true],
  ['Ngày, tháng, năm sinh', true],
  ['NĂM SINH', true],
  ['dateOfBirth', true],
  ['birth_date', true],
  ['Nam sinh', false],
  ['Năm sinh viên tốt nghiệp', false],
  ['Tuổi đẻ lứa đầu', false],
  ['ageAtFirstBirth', false],
])('%p tells of a birth: %p', (name, expected) => {
  expect(meaningOfNames([name]).isBirth).toBe(expected)
})
