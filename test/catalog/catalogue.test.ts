import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createCatalogue, type CatalogueUnderTest } from './catalogue-under-test.js'

let catalogue: CatalogueUnderTest
beforeAll(async () => {
  catalogue = await createCatalogue()
})
afterAll(async () => {
  await catalogue.dispose()
})

const agenciesOfThePlan = [
  'education',
  'information-communications',
  'transport',
  'science-technology',
  'planning-investment',
  'industry-trade',
  'labour',
  'environment',
  'agriculture',
  'finance',
  'culture-sports',
  'tourism',
  'justice',
  'construction',
  'social-insurance',
  'health',
  'external-relations',
]

test('answers the plan with its 14 themes, in order, and the 17 agencies that it names', async () => {
  const { data, errors } = await catalogue.ask(`{
    plan { code title title_en: title(lang: EN) themes { number } agencies { code } }
  }`)
  expect(errors).toEqual([])
  expect(data).toEqual({
    plan: {
      code: 'binh-dinh-2023-2025',
      title: expect.stringMatching(/^Kế hoạch cung cấp dữ liệu mở/),
      title_en: expect.stringContaining('Bình Định'),
      themes: ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV'].map(
        (number) => ({ number }),
      ),
      agencies: agenciesOfThePlan.map((code) => ({ code })),
    },
  })
})

test('answers a dataset of the plan whole', async () => {
  const { data, errors } = await catalogue.ask(`{
    dataset(code: "primary-schools") {
      code planRow title(lang: EN) theme { code name leadAgencies { code } } agency { code name(lang: EN) }
      candidateAgencies { code } status duplicateOf { code } related { code } license sample frequency
      firstPublishedOn recordCount resources { name } version { number }
      versions { nodes { number } pageInfo { hasNextPage startCursor } totalCount }
    }
  }`)
  expect(errors).toEqual([])
  expect(data).toEqual({
    dataset: {
      code: 'primary-schools',
      planRow: 5,
      title: 'Primary schools',
      theme: { code: 'education', name: 'CHỦ ĐỀ GIÁO DỤC', leadAgencies: [{ code: 'education' }] },
      agency: { code: 'education', name: 'Department of Education and Training' },
      candidateAgencies: [],
      status: 'ASSIGNED',
      duplicateOf: null,
      related: [],
      license: 'CC-BY-4.0',
      sample: false,
      frequency: 'YEARLY',
      firstPublishedOn: null,
      recordCount: 0,
      resources: [],
      version: null,
      versions: { nodes: [], pageInfo: { hasNextPage: false, startCursor: null }, totalCount: 0 },
    },
  })
})

test('while the lead of a row is open it has candidates and no agency', async () => {
  const { data } = await catalogue.ask(`{
    datasets(where: { planRow: { eq: 101 } }) { nodes { status agency { code } candidateAgencies { code } } }
    open: datasets(where: { agency: { isNull: true } }) { totalCount }
    candidate: datasets(where: { agency: { eq: "social-insurance" } }) { totalCount }
  }`)
  const candidateAgencies = [{ code: 'planning-investment' }, { code: 'finance' }, { code: 'environment' }]
  expect(data).toEqual({
    datasets: { nodes: [{ status: 'PLANNED', agency: null, candidateAgencies }] },
    open: { totalCount: 40 },
    candidate: { totalCount: 0 },
  })
})

test('rows that the plan names again link to the first one, and overlapping ones to each other', async () => {
  const { data } = await catalogue.ask(`{
    again: datasets(where: { planRow: { in: [19, 20, 21, 22] } }) { nodes { planRow duplicateOf { planRow } } }
    related: datasets(where: { planRow: { eq: 52 } }) { nodes { related { planRow related { planRow } } } }
  }`)
  const again = [
    [19, 14],
    [20, 16],
    [21, 16],
    [22, 17],
  ]
  expect(data).toEqual({
    again: { nodes: again.map(([planRow, first]) => ({ planRow, duplicateOf: { planRow: first } })) },
    related: {
      nodes: [
        {
          related: [
            { planRow: 76, related: [{ planRow: 52 }, { planRow: 146 }] },
            { planRow: 146, related: [{ planRow: 52 }, { planRow: 76 }, { planRow: 147 }] },
          ],
        },
      ],
    },
  })
})

test('a row that the plan names again says of its data what the first one says', async () => {
  await catalogue.dataSource.query("update gateway.dataset set sample = true where code = 'mobile-phone-subscriptions'")
  const said = 'description(lang: EN) description_vi: description frequency license keywords sample'
  const ask = (code: string) => catalogue.ask(`{ dataset(code: "${code}") { ${said} } }`)
  const first = await ask('mobile-phone-subscriptions')
  expect(first).toMatchObject({
    errors: [],
    data: { dataset: { sample: true, frequency: 'QUARTERLY', description: expect.any(String) } },
  })
  const again = await ask('mobile-phone-subscriptions-2')
  expect(again.data).toEqual(first.data)
  const titles = await catalogue.ask('{ dataset(code: "mobile-phone-subscriptions-2") { title(lang: EN) } }')
  expect(titles.data).toEqual({ dataset: { title: 'Number of mobile telephone subscriptions' } })
})

test('agencies of one day: before the merger those of the plan, afterwards their successors', async () => {
  const { data } = await catalogue.ask(`{
    before: agencies(validOn: "2025-06-30") { code }
    plan { after: agencies(validOn: "2025-07-01") { code } }
    agency(code: "transport") { validTo successors { code predecessors { code } } }
  }`)
  expect(data).toEqual({
    before: expect.arrayContaining([{ code: 'transport' }]),
    plan: { after: expect.not.arrayContaining([{ code: 'transport' }]) },
    agency: {
      validTo: '2025-06-30',
      successors: [{ code: expect.any(String), predecessors: expect.arrayContaining([{ code: 'transport' }]) }],
    },
  })
})

test('a thing is found again by its global id, and by no other', async () => {
  const first = await catalogue.ask(
    '{ theme(code: "health") { id } agency(code: "health") { id } dataset(code: "nurseries") { id } }',
  )
  const ids = JSON.stringify(first.data).match(/(?<="id":")[^"]+/g) ?? []
  const { data, errors } = await catalogue.ask(
    `query ($a: ID!, $b: ID!, $c: ID!) {
      a: node(id: $a) { __typename id ... on Theme { code } }
      b: node(id: $b) { __typename id ... on Agency { code } }
      c: node(id: $c) { __typename id ... on Dataset { code } }
      none: node(id: "VGhlbWU6bm9uZQ") { id }
      foreign: node(id: "anything at all") { id }
    }`,
    { variables: { a: ids[0], b: ids[1], c: ids[2] } },
  )
  expect(errors).toEqual([])
  expect(data).toEqual({
    a: { __typename: 'Theme', id: ids[0], code: 'health' },
    b: { __typename: 'Agency', id: ids[1], code: 'health' },
    c: { __typename: 'Dataset', id: ids[2], code: 'nurseries' },
    none: null,
    foreign: null,
  })
})

test('what does not exist is null, whatever its code', async () => {
  const { data, errors } = await catalogue.ask(
    'query ($code: ID!) { theme(code: $code) { id } agency(code: $code) { id } dataset(code: $code) { id } }',
    { variables: { code: 'a\0b' } },
  )
  expect({ data, errors }).toEqual({ data: { theme: null, agency: null, dataset: null }, errors: [] })
})

test('an explicit null is no choice of a language', async () => {
  const { data } = await catalogue.ask('{ agency(code: "health") { name(lang: null) } }')
  expect(data).toEqual({ agency: { name: 'Sở Y tế' } })
})
