import { describe } from '@jest/globals'
import { createTransportOffice } from '../../examples/agencies/transport-office/transport-office.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe("the transport department's lists and figures", () => {
  agencyUnderTest(
    createTransportOffice,
    [
      ['attended-parking', 166, ['motorcyclePrice: 3-5 nghìn', 'operatorKind: Tư nhân']],
      ['coach-fares', 164, ['fare: thỏa thuận', 'vehicleKind: Xe bus']],
      ['driving-licences', 863, ['licenceClass: B2+']],
      ['driving-schools', 23, ['capacity: không giới hạn']],
      ['expressways', 16, []],
      ['fixed-route-coaches', 78, ['length: 677 km', 'district: 500']],
      ['inland-ports', 72, ['use: Khác', 'commune: 00000']],
      ['no-parking-roads', 94, ['length: 1,2 km', 'side: Phía biển']],
      ['railway-stations', 31, ['kilometre: Km 968+200']],
      ['seaports', 30, ['portGroup: II']],
      ['taxi-companies', 23, ['vehicles: khoảng 50']],
      ['traffic-signals-and-signs', 2397, ['latitude: 0', 'installedOn: 2019-13-01', 'district: 999']],
      ['transport-companies', 320, ['vehicles: -4', 'mainKind: Khác']],
      ['vehicle-registrations', 16631, ['registrations: 1O5']],
    ],
    'transport',
  )
})
