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

test.each([
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  '</title></style></textarea><iframe srcdoc="<script>alert(1)</script>">',
  '" autofocus onfocus="alert(1)',
  'javascript:alert(1)',
  '<!--<a href="-->',
])('what agencies write is shown as text: %s', (text) => {
  const hostile: HomeDataset = {
    ...first,
    code: text,
    title: text,
    agency: { name: text },
    duplicateOf: { code: text },
    resources: first.resources.map((resource) => ({
      ...resource,
      name: text,
      downloads: [{ format: text, url: '/datasets/x/y.csv', bytes: 1 }],
      recordType: { ...resource.recordType, title: text },
      source: { state: 'FAILED', mode: 'SNAPSHOT', fetchedAt: null, ageSeconds: null, error: { message: text } },
    })),
  }
  const render = (dataset: HomeDataset, title: string): string =>
    renderHome({
      data: {
        plan: { title },
        themes: [{ code: title, number: title, name: title }],
        all: { totalCount: 1 },
        published: { totalCount: 1 },
        datasets: { totalCount: 1, nodes: [dataset] },
      },
      lang: 'en',
      search: title,
    }).text
  const page = render(hostile, text)
  expect(page.match(/<script[^>]*>/g)).toEqual(['<script src="/assets/page.js" defer>'])
  expect(page.match(/<(?:img|svg|iframe|!--)/g)).toBeNull()
  expect(page.replaceAll(/"[^"]*"/g, '""').match(/<[^>]* on\w+=/g)).toBeNull()
  for (const [, address = ''] of page.matchAll(/(?:href|src|action)="([^"]*)"/g))
    expect(address).toMatch(/^(?:\/|#|data:,$)/)
})
