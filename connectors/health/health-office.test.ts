import { describe } from '@jest/globals'
import { createHealthOffice } from '../../examples/agencies/health-office/health-office.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe("the health department's lists and figures", () => {
  agencyUnderTest(
    createHealthOffice,
    [
      ['food-businesses-health', 1238, ['kind: Căng tin', 'commune: 2155']],
      ['food-laboratories', 32, ['tests: nhiều']],
      ['food-safety-certificates', 428, ['certifiedOn: 31/06/2024', 'kind: Sản xuất nhỏ']],
      ['health-insurance-visits', 3725, ['visits: n/a']],
      ['medical-service-prices', 1331, ['price: không thực hiện']],
      ['medicine-prices', 1217, ['price: -350', 'unit: Vỉ', 'VD-17778-21~DECLARED~2022-10-27~791/KKG']],
      ['medicines', 416, ['form: Viên', 'registeredOn: 2023-02-29', 'VD-17778-21', 'shelfLife: -36']],
    ],
    'health',
  )
})
