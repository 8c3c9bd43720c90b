/**
 * The iterable's items until the signal is aborted: then it throws the signal's reason at once, whatever the source of the
 * items is waiting for. No run can hang on a driver that does not listen.
 */
export async function* abortable<T>(items: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  const iterator = items[Symbol.asyncIterator]()
  let finished = false
  try {
    for (;;) {
      const next = await untilAborted(iterator.next(), signal)
      if (next.done === true) {
        finished = true
        return
      }
      yield next.value
    }
  } finally {
    // Not awaited: an iterator that hangs in next() hangs in return() as well.
    if (!finished) iterator.return?.().then(undefined, () => undefined)
  }
}

/** The promise's value, or the signal's reason thrown as soon as it is aborted; the promise's own failure is then of no interest. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    // It may still fail, with nobody to hear it.
    promise.catch(() => undefined)
    throw asError(signal.reason)
  }
  let abort: (() => void) | undefined
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => {
      reject(asError(signal.reason))
    }
    signal.addEventListener('abort', abort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    if (abort !== undefined) signal.removeEventListener('abort', abort)
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
