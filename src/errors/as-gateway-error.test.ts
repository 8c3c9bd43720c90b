import { expect, test } from '@jest/globals'
import { asGatewayError } from './as-gateway-error.js'
import { GatewayError } from './gateway-error.js'

const coded = (code: string) => Object.assign(new Error('x'), { code })

test.each([
  ['a closed port', coded('ECONNREFUSED')],
  ['a connection that broke', coded('ECONNRESET')],
  ['a shutdown', coded('57P01')],
  ['a start', coded('57P03')],
  ['no connection left', coded('53300')],
  ['what the driver has no code for', new Error('Connection terminated unexpectedly')],
  ['a full pool', new Error('timeout exceeded when trying to connect')],
  ['what TypeORM wraps', Object.assign(new Error('x'), { driverError: coded('08006') })],
  ['a cause', new Error('x', { cause: new Error('y', { cause: coded('ECONNREFUSED') }) })],
])('%s means that the database is away for now', (_what, failure) => {
  const error = asGatewayError(failure, 'Our fault.')
  expect(error).toMatchObject({ code: 'UNAVAILABLE', cause: failure })
  expect(error.message).toBe('The gateway cannot reach its database now; try again in a moment.')
})

test.each([
  ['a duplicate', coded('23505')],
  ['a table that is not there', coded('42P01')],
  ['an error without a code', new Error('x')],
  ['a text', 'ECONNREFUSED'],
  ['nothing', undefined],
  ['null', null],
])('%s is our own fault', (_what, failure) => {
  expect(asGatewayError(failure, 'Our fault.')).toMatchObject({ code: 'INTERNAL', message: 'Our fault.' })
})

test('what has a code keeps it, and what is its own cause ends', () => {
  const known = new GatewayError('CONFLICT', 'No.', { cause: coded('ECONNREFUSED') })
  expect(asGatewayError(known, '')).toBe(known)
  const circular = new Error('x')
  circular.cause = circular
  expect(asGatewayError(circular, '').code).toBe('INTERNAL')
})
