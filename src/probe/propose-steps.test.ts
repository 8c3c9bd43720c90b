import { expect, test } from '@jest/globals'
import { proposeSteps } from './propose-steps.js'

const described = (rows: readonly (readonly [string, string])[], isStructured?: boolean) => ({
  name: 'rows',
  selection: {},
  columns: ['Hình thức', 'Website'],
  sample: rows.map(([kind, website], at) => ({ number: at + 1, values: { 'Hình thức': kind, Website: website } })),
  ...(isStructured === undefined ? {} : { isStructured }),
})
const printed = [
  ['Công ty luật', 'a'],
  ['Công ty luật', ''],
  ['Tổng công ty', ''],
  ['Tổng hội Y học', 'b'],
  ['Tổng số', ''],
  ['Cộng:', ''],
] as const

test('totals are left out and cells that look merged are filled, but companies are no totals', async () => {
  const { steps } = await proposeSteps(described(printed))
  expect(steps).toEqual([
    { where: { column: 'Hình thức', notEquals: ['Tổng số', 'Cộng:'] } },
    { fillDown: ['Website'] },
  ])
})

test('nothing is left out or filled of rows that a program wrote', async () => {
  expect(await proposeSteps(described(printed, true))).toMatchObject({ steps: [], notes: [] })
})
