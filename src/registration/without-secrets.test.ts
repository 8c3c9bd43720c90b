import { expect, test } from '@jest/globals'
import { secretsIn, withoutSecrets } from './without-secrets.js'

const canary = 'canary-7f3a9c51'

test.each([
  { url: `https://user:${canary}@agency.example/x.csv` },
  { url: `https://agency.example/x.csv?token=${canary}` },
  { url: `https://agency.example/x.csv?page=1&subscription-key=${canary}` },
  { url: `https://agency.example/x.csv?X-Amz-Signature=${canary}&v=1` },
  { url: `https://agency.example/x.csv?pwd=${canary}` },
  { url: `https://agency.example/x.csv#access_token=${canary}` },
  { url: `https://agency.example/x.csv?key=AIzaSyD-${canary}0123456789abcdef` },
  { url: `postgres://user:${canary}@db.example/x` },
  { url: `jdbc:postgresql://db.example/x?user=a&password=${canary}` },
  { url: `jdbc:sqlserver://db.example;user=a;password=${canary}` },
  { headers: { 'X-Access-Key': canary } },
  { headers: { 'Ocp-Apim-Subscription-Key': canary } },
  { headers: { Authorization: `Bearer ${canary}` } },
  { request: { body: { clientSecret: canary } } },
  { parameters: [{ url: `https://agency.example/?apiKey=${canary}` }] },
])('%j holds a secret, which is found and not shown', (value) => {
  expect(secretsIn(value)).toHaveLength(1)
  expect(JSON.stringify(secretsIn(value))).not.toContain(canary)
  expect(JSON.stringify(withoutSecrets(value))).not.toContain(canary)
})

test.each([
  { url: 'https://agency.example/x.csv?key=schools&page=2&code=052' },
  { url: '{sample:education}/files/schools.xlsx' },
  { lookup: { parameter: 'ids', keyField: 'id' }, nextToken: 'meta.next', pageToken: 'page' },
  { selection: { key: 'dimensions.observation.code' } },
  { headers: { Accept: 'text/csv', 'Accept-Language': 'vi' } },
  { url: 'https://agency.example/tokens/passwords?monkey=1&turkey=2' },
])('%j holds none and is shown as it is', (value) => {
  expect(secretsIn(value)).toEqual([])
  expect(withoutSecrets(value)).toEqual(value)
})
