import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createAuthenticate, type Authenticate } from '../../src/access/authenticate.js'
import type { Role } from '../../src/access/role.js'
import { requireAgency, requireRole, type Viewer } from '../../src/access/viewer.js'
import { createCatalogue, type CatalogueUnderTest } from '../catalog/catalogue-under-test.js'

const adminToken = 'the-first-administrator'

let catalogue: CatalogueUnderTest
let authenticate: Authenticate
let admin: Viewer
beforeAll(async () => {
  catalogue = await createCatalogue()
  authenticate = createAuthenticate({ dataSource: catalogue.dataSource, adminToken })
  admin = await authenticate(`Bearer ${adminToken}`)
})
afterAll(async () => {
  await catalogue.dispose()
})

const create = `mutation ($input: CreateKeyInput!) {
  createKey(input: $input) { token key { id prefix label role agency { code } createdAt expiresAt revokedAt } }
}`

async function makeKey(input: Readonly<Record<string, unknown>>): Promise<{ id: string; token: string }> {
  const { data, errors } = await catalogue.ask(create, { viewer: admin, variables: { input } })
  expect(errors).toEqual([])
  const [, token = ''] = /"token":"([^"]+)/.exec(JSON.stringify(data)) ?? []
  const [, id = ''] = /"id":"([^"]+)/.exec(JSON.stringify(data)) ?? []
  return { id, token }
}

test('nobody needs a key to read', async () => {
  expect(await authenticate(undefined)).toEqual({ role: 'ANONYMOUS', agencyCode: undefined, keyId: undefined })
})

test('a key gives its role and its agency, however the scheme is written', async () => {
  const { token, id } = await makeKey({ role: 'AGENCY', agency: 'health', label: 'Health' })
  const viewer = { role: 'AGENCY', agencyCode: 'health', keyId: Number(id) }
  expect(await authenticate(`Bearer ${token}`)).toEqual(viewer)
  expect(await authenticate(`bearer  ${token}`)).toEqual(viewer)
  const coordinator = await makeKey({ role: 'COORDINATOR', label: 'Plan' })
  expect(await authenticate(`Bearer ${coordinator.token}`)).toMatchObject({
    role: 'COORDINATOR',
    agencyCode: undefined,
  })
})

test('a token has 192 bits of secret, and the database keeps none of them', async () => {
  const { token } = await makeKey({ role: 'ADMIN', label: 'Second administrator' })
  const secret = /^odg_[0-9a-f]{16}_([0-9a-f]{48})[0-9a-f]{8}$/.exec(token)?.[1] ?? ''
  expect(secret).toHaveLength(48)
  const rows = await catalogue.dataSource.query<unknown[]>('select * from gateway.api_key')
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test.each(['', 'Bearer', 'Bearer ', 'Basic abc', `Bearer odg_${'0'.repeat(16)}_${'0'.repeat(48)}`, 'Bearer a\0b', 'x'])(
  'refuses the header %j',
  async (header) => {
    await expect(authenticate(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  },
)

test('refuses a key with another secret, an expired one, and one that was revoked', async () => {
  const { token, id } = await makeKey({ role: 'COORDINATOR', label: 'Short', expiresAt: '2999-01-01T00:00:00Z' })
  const other = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  await expect(authenticate(`Bearer ${other}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(await authenticate(`Bearer ${token}`)).toMatchObject({ role: 'COORDINATOR' })

  const expire = (at: string) =>
    catalogue.dataSource.query(`update gateway.api_key set expires_at = ${at} where id = $1`, [id])
  await expire("now() - interval '1 s'")
  await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  await expire('null')

  const revoke = 'mutation ($id: ID!) { revokeKey(id: $id) { id revokedAt } }'
  const first = await catalogue.ask(revoke, { viewer: admin, variables: { id } })
  const again = await catalogue.ask(revoke, { viewer: admin, variables: { id } })
  expect(first.data).toEqual({ revokeKey: { id, revokedAt: expect.any(String) } })
  expect(again.data).toEqual(first.data)
  await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
})

test.each([
  [{ role: 'AGENCY', label: 'x' }, /agency must be given/],
  [{ role: 'ADMIN', agency: 'health', label: 'x' }, /agency must be given/],
  [{ role: 'AGENCY', agency: 'zebra', label: 'x' }, /no agency with the code zebra/],
  [{ role: 'ADMIN', label: '  ' }, /label must have/],
  [{ role: 'ADMIN', label: 'x', expiresAt: '2020-01-01T00:00:00Z' }, /must be in the future/],
])('does not make a key of %j', async (input, message) => {
  const { errors } = await catalogue.ask(create, { viewer: admin, variables: { input } })
  expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT/)])
  expect(errors[0]).toMatch(message)
})

test.each(['0', 'abc', '999999999', '99999999999999999999'])('there is no key %s to revoke', async (id) => {
  const { errors } = await catalogue.ask(`mutation { revokeKey(id: "${id}") { id } }`, { viewer: admin })
  expect(errors).toEqual([expect.stringMatching(/^NOT_FOUND/)])
})

test('keys are for administrators only', async () => {
  const queries = ['{ keys { id } }', 'mutation { createKey(input: { role: ADMIN, label: "x" }) { token } }']
  queries.push('mutation { revokeKey(id: 1) { id } }')
  for (const query of queries) {
    expect((await catalogue.ask(query)).errors).toEqual([expect.stringMatching(/^UNAUTHENTICATED/)])
    for (const role of ['AGENCY', 'COORDINATOR'] as const) {
      expect((await catalogue.ask(query, { viewer: viewerOf(role) })).errors).toEqual([
        expect.stringMatching(/^FORBIDDEN/),
      ])
    }
  }
  expect((await catalogue.ask('{ keys { label agency { code } } }', { viewer: admin })).errors).toEqual([])
})

test('an agency is let in to what is its own, coordinators and administrators to everything', () => {
  const code = (viewer: Viewer, agency: string | undefined) => {
    try {
      requireAgency(viewer, agency)
      return 'let in'
    } catch (error) {
      return error
    }
  }
  expect(code(viewerOf('AGENCY'), 'health')).toBe('let in')
  expect(code(viewerOf('AGENCY'), 'education')).toMatchObject({ code: 'FORBIDDEN' })
  expect(code(viewerOf('AGENCY'), undefined)).toMatchObject({ code: 'FORBIDDEN' })
  expect(code(viewerOf('COORDINATOR'), 'health')).toBe('let in')
  expect(code(viewerOf('ADMIN'), undefined)).toBe('let in')
  expect(() => {
    requireRole({ role: 'ANONYMOUS', agencyCode: undefined, keyId: undefined }, 'ADMIN')
  }).toThrow(/needs a key/)
})

function viewerOf(role: Role): Viewer {
  return { role, agencyCode: role === 'AGENCY' ? 'health' : undefined, keyId: 1 }
}
