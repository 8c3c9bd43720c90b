import { expect, test } from '@jest/globals'
import { SourceFault } from '../../errors/source-fault.js'
import { loggedError } from './open-log.js'

test('an error is logged with its message and causes, without what a library hung on it', () => {
  const lost = Object.assign(new Error('terminating connection'), {
    code: '57P01',
    client: { password: 'hidden' },
    detail: 'Failing row contains (Nguyễn Văn A).',
  })
  const fault = new SourceFault('INTERNAL', {}, lost)
  expect(loggedError(fault)).toEqual({
    type: 'SourceFault',
    message: 'The gateway could not finish the run.',
    code: 'INTERNAL',
    stack: expect.stringContaining('SourceFault'),
    cause: {
      type: 'Error',
      message: 'terminating connection',
      code: '57P01',
      stack: expect.stringContaining('terminating connection'),
    },
  })
})

test('what is thrown and is no error is logged as text, and causes that go round end', () => {
  expect(loggedError('stop')).toEqual({ type: 'string', message: 'stop' })
  const round = new Error('round')
  round.cause = round
  expect(JSON.stringify(loggedError(round)).match(/"round"/g)).toHaveLength(6)
})

test('an object that has what an error had is logged by it, as the job queue tells of its errors', () => {
  const lost = {
    code: 'ECONNREFUSED',
    message: 'connect ECONNREFUSED',
    stack: 'Error: connect',
    queue: 'harvest',
    client: {},
  }
  expect(loggedError(lost)).toEqual({
    type: 'object',
    message: 'connect ECONNREFUSED',
    code: 'ECONNREFUSED',
    stack: 'Error: connect',
  })
})
