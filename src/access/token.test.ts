import { expect, test } from '@jest/globals'
import { crc32 } from 'node:zlib'
import { hashToken, makeToken, tokenPrefix } from './token.js'

test('a token says that it is one by its beginning and its end', () => {
  const { token, prefix, hash } = makeToken()
  expect(token).toMatch(/^odg_[0-9a-f]{16}_[0-9a-f]{56}$/)
  expect(token.slice(-8)).toBe(crc32(token.slice(0, -8)).toString(16).padStart(8, '0'))
  expect(tokenPrefix(token)).toBe(prefix)
  expect(hashToken(token)).toBe(hash)
  expect(makeToken().token).not.toBe(token)
})

test('one with a letter changed or left out is none, which nobody has to look up', () => {
  const { token } = makeToken()
  const last = token.endsWith('0') ? '1' : '0'
  for (const wrong of [token.slice(0, -1) + last, token.slice(0, -1), `${token}0`, ` ${token}`, token.toUpperCase()]) {
    expect(tokenPrefix(wrong)).toBeUndefined()
  }
})

test('those from before there were checksums go on', () => {
  expect(tokenPrefix(`odg_${'0a'.repeat(8)}_${'1b'.repeat(24)}`)).toBe('0a0a0a0a0a0a0a0a')
})
