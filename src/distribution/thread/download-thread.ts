// The program of the thread that makes files.
import { getPriority, platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { LocalSnapshots } from '../making/local-snapshots.js'
import { QuestionClock } from './question-clock.js'
import { openSession } from './snapshot-session.js'
import type { ThreadMessage } from './messages.js'

const optionsSchema = z.object({
  url: z.string(),
  size: z.int(),
  statementTimeoutMs: z.number(),
  questions: z.instanceof(SharedArrayBuffer),
})

const lowest = 19

if (parentPort === null) throw new Error('This is the program of a thread.')
const port = parentPort
// On Linux a priority is that of a thread: where both want a processor, answers come before files.
if (platform() === 'linux') setPriority(Math.min(lowest, getPriority() + 5))
const options = optionsSchema.parse(workerData)
const snapshots = new LocalSnapshots(options)
const questions = new QuestionClock(options.questions)
const opening = new Set<Promise<void>>()

async function stop(): Promise<void> {
  await Promise.all(opening)
  await snapshots.dispose()
  port.close()
}

port.on('message', (message: ThreadMessage) => {
  if (message.kind === 'stop') {
    stop().catch((error: unknown) => {
      throw error
    })
    return
  }
  const opened = openSession(message.port, snapshots, () => questions.isBusy()).finally(() => opening.delete(opened))
  opening.add(opened)
})
