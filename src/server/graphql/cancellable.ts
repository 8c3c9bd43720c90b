interface CancellableOptions<T> {
  readonly cancel: () => void
  /** Turns a failure of the source into a last value; without it `next` rejects. */
  readonly asLast?: ((error: unknown) => T) | undefined
}

/**
 * The same values, but `return` ends it at once, also while the next value is being waited for. A generator's own `return`
 * would wait for that value, which for a silent dataset may be hours.
 */
export function cancellable<T>(
  source: AsyncIterable<T>,
  { cancel, asLast }: CancellableOptions<T>,
): AsyncGenerator<T, undefined, undefined> {
  const iterator = source[Symbol.asyncIterator]()
  const end: IteratorReturnResult<undefined> = { done: true, value: undefined }
  let ended = false
  let release: ((result: IteratorResult<T, undefined>) => void) | undefined
  const finish = (): void => {
    ended = true
    release?.(end)
    cancel()
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next() {
      if (ended) return Promise.resolve(end)
      return new Promise<IteratorResult<T, undefined>>((resolve, reject) => {
        release = resolve
        iterator.next().then(
          (result) => {
            resolve(result.done === true ? end : result)
          },
          (error: unknown) => {
            // What fails because it was cancelled is no news.
            if (ended) resolve(end)
            else if (asLast === undefined) reject(asError(error))
            else {
              resolve({ done: false, value: asLast(error) })
              finish()
            }
          },
        )
      })
    },
    return() {
      finish()
      // Not awaited: it may wait for a value itself. Its failure has nobody to go to.
      void iterator.return?.().then(undefined, () => undefined)
      return Promise.resolve(end)
    },
    throw(error: unknown) {
      finish()
      return Promise.reject(asError(error))
    },
    async [Symbol.asyncDispose]() {
      await this.return(undefined)
    },
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
