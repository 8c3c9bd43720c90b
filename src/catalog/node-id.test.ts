import { expect, test } from '@jest/globals'
import { decodeNodeId, encodeNodeId } from './node-id.js'

test('an id is opaque and stands for one thing', () => {
  const id = encodeNodeId('Dataset', 'primary-schools')
  expect(id).toMatch(/^[\w-]+$/)
  expect(decodeNodeId(id)).toEqual({ kind: 'Dataset', code: 'primary-schools' })
})

test.each(['', 'x', 'Dataset:primary-schools', Buffer.from('School:1').toString('base64url')])(
  '%j is no id of the control plane',
  (id) => {
    expect(decodeNodeId(id)).toBeUndefined()
  },
)

test('another spelling of an id is not the id', () => {
  expect(decodeNodeId(`${encodeNodeId('Theme', 'health')}=`)).toBeUndefined()
})
