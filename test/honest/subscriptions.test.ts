import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse, type ExecutionResult } from 'graphql'
import { anonymous } from '../../src/access/viewer.js'
import { cameras, createRegistrationWorld, csv, type RegistrationWorld } from '../registration/registration-world.js'
import { administrator, coordinator } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'

let world: RegistrationWorld
let file: MutableFile
let firstCursor: string

beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['A0,Không']))
  // A dataset of the plan, so that it has a theme with others.
  const planned = { dataset: 'traffic-cameras', datasetEntry: undefined }
  await world.register(cameras(file.url, 'followed', planned), administrator)
  const published = async (): Promise<boolean> =>
    JSON.stringify((await world.query('{ trafficCameras { totalCount } }')).data) ===
    '{"trafficCameras":{"totalCount":1}}'
  await until('it has run once', published)
  const { data } = await world.query('{ trafficCameras { changesCursor } }')
  firstCursor = JSON.stringify(data).split('"')[5] ?? ''
})
afterAll(() => world.dispose())

async function subscribe(text: string): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const { service } = world.gateway
  return service.subscribe({
    schema: service.schema(),
    document: parse(text),
    operationName: undefined,
    variables: { after: firstCursor },
    viewer: anonymous,
    signal: AbortSignal.timeout(60_000),
  })
}

const codesOf = ({ errors }: ExecutionResult): unknown[] => (errors ?? []).map(({ extensions }) => extensions['code'])

test.each([
  'schoolChanges { type cursor at record { key name pupils district { name schools { totalCount } } dataset { code title } } previous { name } }',
  'changes { type cursor at dataset { code theme { title } } record { key ... on School { name } ... on Museum { name address } } }',
  'trafficCameraChanges { record { code name updatedAt } previous { code } }',
])('an honest subscription is taken: %s', async (field) => {
  const results = await subscribe(`subscription { ${field} }`)
  if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
  await results[Symbol.asyncIterator]().return?.(undefined)
})

test.each([
  'schoolChanges { record { district { schools(first: 1000) { nodes { name } } } } }',
  'changes { record { ... on School { district { schools(first: 1000) { nodes { name } } } } } }',
])('a subscription whose changes would each read a thousand records is refused: %s', async (field) => {
  const refused = await subscribe(`subscription { ${field} }`)
  if (Symbol.asyncIterator in refused) throw new Error('It was taken.')
  expect(codesOf(refused)).toEqual(['QUERY_TOO_COMPLEX'])
})

test('a subscription ends when what it asks of a dataset costs too much', async () => {
  const nested = ['', '', '', '', ''].reduce(
    (inner) => `theme { datasets(first: 1000) { nodes { code ${inner} } } }`,
    '',
  )
  const results = await subscribe(
    `subscription ($after: String) { trafficCameraChanges(after: $after) { type dataset { ${nested} } } }`,
  )
  if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
  file.replace(csv(['A0,Một']))
  await world.run('followed', coordinator)
  await expect(results[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'QUERY_TOO_COMPLEX' })
})
