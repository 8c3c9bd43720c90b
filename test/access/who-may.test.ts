import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import {
  cameras,
  createRegistrationWorld,
  csv,
  register,
  run,
  type RegistrationWorld,
} from '../registration/registration-world.js'
import { administrator, agencyHeader, coordinator, serveWorld } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'

type Who = 'anonymous' | 'another agency' | 'owner' | 'coordinator' | 'administrator'
const everyone: readonly Who[] = ['anonymous', 'another agency', 'owner', 'coordinator', 'administrator']

let world: RegistrationWorld
let file: MutableFile
let viewers: Readonly<Record<Who, Viewer>>
let noticeId = ''
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv([...Array.from({ length: 30 }, (_, index) => `A${index},Một`), ',Hai']))
  const owner = await world.keyOf('transport')
  viewers = { anonymous, 'another agency': await world.keyOf('health'), owner, coordinator, administrator }
  await world.register(manifest(), owner)
  noticeId = await until('there is a notice', async () => {
    const { notices } = await world.ask<{ notices: { nodes: { id: string }[] } }>(
      '{ notices { nodes { id } } }',
      {},
      owner,
    )
    return notices.nodes[0]?.id ?? false
  })
})
afterAll(() => world.dispose())

const manifest = () => cameras(file.url, 'own', { agency: 'transport' })

const letIn = 'let in'
/** What each of `everyone` is answered. */
const owners = ['UNAUTHENTICATED', 'NOT_FOUND', letIn, letIn, letIn]
const ownAgency = ['UNAUTHENTICATED', 'FORBIDDEN', letIn, letIn, letIn]
const keyHolders = ['UNAUTHENTICATED', letIn, letIn, letIn, letIn]
const coordinators = ['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', letIn, letIn]
const administrators = ['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', letIn]
/** They may ask, and there is none. */
const orNone = (answers: readonly string[]) => answers.map((answer) => (answer === letIn ? 'NOT_FOUND' : answer))

interface Case {
  readonly text: string
  readonly variables?: () => Record<string, unknown>
  readonly answers: readonly string[]
}

/** Of whose connector it is; `$code` is that of the connector. */
const ofConnectors: Readonly<Record<string, string>> = {
  connector: 'query ($code: ID!) { connector(code: $code) { manifest runs { nodes { id } } } }',
  pauseConnector: 'mutation ($code: ID!) { pauseConnector(code: $code) { code } }',
  resumeConnector: 'mutation ($code: ID!) { resumeConnector(code: $code) { code } }',
  rollBackConnector: 'mutation ($code: ID!) { rollBackConnector(code: $code, version: 1) { code } }',
  setConnectorCredentials: 'mutation ($code: ID!) { setConnectorCredentials(code: $code, input: null) { code } }',
  runConnector: run,
  retireConnector: 'mutation ($code: ID!) { retireConnector(code: $code) { code } }',
}

const others: Readonly<Record<string, Case>> = {
  registerConnector: { text: register, variables: () => ({ manifest: manifest() }), answers: ownAgency },
  updateConnector: {
    text: 'mutation ($manifest: JSON!) { updateConnector(code: "own", manifest: $manifest) { code } }',
    variables: () => ({ manifest: manifest() }),
    answers: owners,
  },
  settleNotice: {
    text: 'mutation ($id: ID!) { settleNotice(id: $id) { id } }',
    variables: () => ({ id: noticeId }),
    answers: owners,
  },
  noticeWebhook: { text: '{ noticeWebhook(agency: "transport") { host } }', answers: ownAgency },
  noticeMail: { text: '{ noticeMail(agency: "transport") { address } }', answers: ownAgency },
  setNoticeWebhook: { text: 'mutation { setNoticeWebhook(agency: "transport") { host } }', answers: ownAgency },
  setNoticeMail: { text: 'mutation { setNoticeMail(agency: "transport") { address } }', answers: ownAgency },
  probeConnector: {
    text: 'mutation ($input: JSON!) { probeConnector(input: $input) { driver } }',
    variables: () => ({ input: { url: file.url } }),
    answers: keyHolders,
  },
  connectors: { text: '{ connectors { totalCount } }', answers: keyHolders },
  notices: { text: '{ notices { totalCount } }', answers: keyHolders },
  recordTypeProposals: { text: '{ recordTypeProposals { totalCount } }', answers: keyHolders },
  proposeRecordType: {
    text: 'mutation ($schema: JSON!) { proposeRecordType(schema: $schema) { id } }',
    variables: () => ({ schema: { name: 'No' } }),
    answers: keyHolders.map((answer) => (answer === letIn ? 'BAD_USER_INPUT' : answer)),
  },
  acceptRecordType: { text: 'mutation { acceptRecordType(id: 999999) { id } }', answers: orNone(coordinators) },
  rejectRecordType: {
    text: 'mutation { rejectRecordType(id: 999999, reason: "no") { id } }',
    answers: orNone(coordinators),
  },
  retireRecordType: { text: 'mutation { retireRecordType(code: "NoSuch") }', answers: orNone(coordinators) },
  forgetPastVersions: {
    text: 'mutation { forgetPastVersions(dataset: "no-such", reason: "x") { rows } }',
    answers: orNone(coordinators),
  },
  auditLog: { text: '{ auditLog { totalCount } }', answers: coordinators },
  verifyAuditLog: { text: '{ verifyAuditLog { intact } }', answers: coordinators },
  keys: { text: '{ keys { id } }', answers: administrators },
  createKey: {
    text: 'mutation { createKey(input: { role: COORDINATOR, label: "x" }) { token } }',
    answers: administrators,
  },
  revokeKey: { text: 'mutation { revokeKey(id: 999999) { id } }', answers: orNone(administrators) },
}

async function told({ text, variables }: Omit<Case, 'answers'>, viewer: Viewer): Promise<string> {
  const answer = await world.refusal(text, variables?.() ?? {}, viewer)
  // Whether a source is just being read is not the question.
  return answer === 'no error' || answer.startsWith('CONFLICT') ? letIn : (answer.split(' ')[0] ?? '')
}

test('every mutation is in the table', async () => {
  const { __schema: schema } = await world.ask<{ __schema: { mutationType: { fields: { name: string }[] } } }>(
    '{ __schema { mutationType { fields { name } } } }',
    {},
    anonymous,
  )
  const known = new Set([...Object.keys(ofConnectors), ...Object.keys(others)])
  expect(schema.mutationType.fields.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
})

describe('another agency is told the same of what is there and of what is not', () => {
  test.each(Object.entries(ofConnectors))('%s', async (_name, text) => {
    const stranger = viewers['another agency']
    const [there, missing] = [{ code: 'own' }, { code: 'no-such-connector' }]
    expect(await world.refusal(text, there, stranger)).toBe(await world.refusal(text, missing, stranger))
    expect(await world.refusal(text, there, stranger)).toMatch(/^NOT_FOUND/)
  })

  test('settleNotice, updateConnector and lists', async () => {
    const stranger = viewers['another agency']
    const settle = others['settleNotice']?.text ?? ''
    expect(await world.refusal(settle, { id: noticeId }, stranger)).toBe(
      await world.refusal(settle, { id: '999999' }, stranger),
    )
    const update =
      'mutation ($code: ID!, $manifest: JSON!) { updateConnector(code: $code, manifest: $manifest) { code } }'
    expect(await world.refusal(update, { code: 'own', manifest: manifest() }, stranger)).toBe(
      await world.refusal(update, { code: 'none', manifest: manifest() }, stranger),
    )
    const lists =
      '{ connectors(agency: "transport") { totalCount nodes { code } } notices { totalCount nodes { id } } }'
    expect(await world.ask(lists, {}, stranger)).toEqual({
      connectors: { totalCount: 0, nodes: [] },
      notices: { totalCount: 0, nodes: [] },
    })
  })

  test('over HTTP', async () => {
    const { runs } = (
      await world.ask<{ connector: { runs: { nodes: { id: string }[] } } }>(
        '{ connector(code: "own") { runs { nodes { id } } } }',
        {},
        administrator,
      )
    ).connector
    const server = await serveWorld(world)
    try {
      const authorization = await agencyHeader(world, 'health')
      const answers = async (code: string) =>
        await Promise.all(
          [
            [`/connectors/${code}/runs/${runs.nodes[0]?.id ?? ''}/set-aside.csv`, 'GET'],
            [`/connectors/${code}/upload`, 'PUT'],
          ].map(async ([path, method]) => {
            const init = {
              method: method ?? '',
              headers: { authorization },
              ...(method === 'PUT' ? { body: 'x' } : {}),
            }
            const response = await fetch(new URL(path ?? '', server.url), init)
            return { status: response.status, body: await response.text() }
          }),
        )
      expect(await answers('own')).toEqual(await answers('none'))
      expect((await answers('own')).map(({ status }) => status)).toEqual([404, 404])
    } finally {
      await server.close()
    }
  })
})

describe.each([
  ...Object.entries(others),
  ...Object.entries(ofConnectors).map(([name, text]): [string, Case] => [
    name,
    { text, variables: () => ({ code: 'own' }), answers: owners },
  ]),
])('%s', (_name, one) => {
  // The last ones change what the first ones ask for, if they are let in.
  test.each(everyone.map((who, index): [Who, string] => [who, one.answers[index] ?? '']))(
    'answers %s: %s',
    async (who, expected) => {
      expect(await told(one, viewers[who])).toBe(expected)
    },
  )
})

test('nothing that is answered could hold a secret, but the token that was just made', async () => {
  interface Named {
    readonly name: string
  }
  const { __schema: schema } = await world.ask<{
    __schema: { types: (Named & { kind: string; fields: Named[] | null })[] }
  }>('{ __schema { types { kind name fields { name } } } }', {}, anonymous)
  const suspicious = schema.types
    .filter(({ kind }) => kind === 'OBJECT' || kind === 'INTERFACE')
    .flatMap(({ name: type, fields }) => (fields ?? []).map(({ name }) => `${type}.${name}`))
    // These set and ask for what is an object of its own.
    .filter((name) => !/^(Mutation|Query)\./.test(name))
    .filter((name) => /\..*(token|secret|password|credential|hash|sealed|webhook|authori[sz]ation)/i.test(name))
  expect(suspicious.sort()).toEqual(['AuditEntry.hash', 'Connector.hasCredentials', 'CreatedKey.token'])
})
