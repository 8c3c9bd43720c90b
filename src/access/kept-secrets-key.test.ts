import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { keptSecretsKey } from './kept-secrets-key.js'
import { parseSecretsKey } from './secrets.js'

test('a key is made once, also by starts at the same time, for its owner’s eyes only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-key-'))
  try {
    const keys = await Promise.all(Array.from({ length: 8 }, () => keptSecretsKey(join(folder, 'data'))))
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1)
    expect(keys[0]).toHaveLength(32)
    expect(await keptSecretsKey(join(folder, 'data'))).toEqual(keys[0])
    expect(await readdir(join(folder, 'data'))).toEqual(['secrets.key'])
    expect((await stat(join(folder, 'data', 'secrets.key'))).mode & 0o777).toBe(0o600)
    await writeFile(join(folder, 'data', 'secrets.key'), 'broken')
    await expect(keptSecretsKey(join(folder, 'data'))).rejects.toThrow(/secrets\.key must be 32 random bytes/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each(['', 'short', 'x'.repeat(64), 'ab'.repeat(31), Buffer.alloc(31).toString('base64')])(
  '%j is no key',
  (text) => {
    expect(() => parseSecretsKey(text)).toThrow(/SECRETS_KEY must be 32 random bytes/)
    if (text.length > 5) expect(() => parseSecretsKey(text)).not.toThrow(text)
  },
)

test('a key is written in hexadecimal, base64 or base64url', () => {
  const key = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index))
  for (const form of ['hex', 'base64', 'base64url'] as const) expect(parseSecretsKey(key.toString(form))).toEqual(key)
})
