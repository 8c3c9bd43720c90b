import { expect, test } from '@jest/globals'
import type { HomeDataset } from './home-data.js'
import { renderHome } from './home-html.js'

const first: HomeDataset = {
  code: 'mobile-phone-subscriptions',
  planRow: 14,
  title: 'Mobile telephone subscriptions',
  status: 'PUBLISHED',
  sample: true,
  recordCount: 614,
  theme: null,
  agency: null,
  duplicateOf: null,
  resources: [
    {
      name: 'statistics',
      recordCount: 614,
      downloads: [],
      recordType: { code: 'TelecomStatistic', plural: 'telecomStatistics', title: 'Statistic', fields: [] },
      source: { state: 'FRESH', mode: 'SNAPSHOT', fetchedAt: new Date(0), ageSeconds: 60, error: null },
    },
  ],
}
const again: HomeDataset = {
  ...first,
  code: 'mobile-phone-subscriptions-2',
  planRow: 19,
  duplicateOf: { code: 'mobile-phone-subscriptions' },
}

test('what the plan names twice says so, and its records count once', () => {
  const data = {
    plan: { title: 'Plan' },
    themes: [],
    all: { totalCount: 2 },
    published: { totalCount: 2 },
    datasets: { totalCount: 2, nodes: [first, again] },
  }
  const { text } = renderHome({ data, lang: 'en', search: undefined })
  expect(text).toContain('<b>614</b> records')
  const [, original = '', duplicate = ''] = text.split('<article')
  expect(duplicate).toContain('same as <code>mobile-phone-subscriptions</code>')
  expect(original).not.toContain('same as')
})
