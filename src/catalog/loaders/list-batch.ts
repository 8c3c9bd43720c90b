import DataLoader from 'dataloader'

/** Something asked of the list below one parent. */
export interface ListQuestion<Q> {
  /** Id of the parent; 0 for a list that has none. */
  readonly parent: number
  readonly question: Q
}

/** Batches questions that are equal but for the parent. One that cannot be answered fails by itself. */
export function askLists<Q, A>(
  answer: (question: Q, parents: readonly number[]) => Promise<ReadonlyMap<number, A>>,
): DataLoader<ListQuestion<Q>, A, string> {
  const text = ({ question }: ListQuestion<Q>) => JSON.stringify(question)
  return new DataLoader<ListQuestion<Q>, A, string>(
    async (asked) => {
      const answers = new Map<string, ReadonlyMap<number, A> | Error>()
      const groups = [...Map.groupBy(asked, text)]
      await Promise.all(
        groups.map(async ([key, [first, ...others]]) => {
          if (first === undefined) return
          const parents = [first, ...others].map(({ parent }) => parent)
          answers.set(key, await answer(first.question, parents).catch(asError))
        }),
      )
      return asked.map((one) => {
        const found = answers.get(text(one))
        if (found instanceof Error) return found
        return found?.get(one.parent) ?? new Error(`The list below ${one.parent} was not answered.`)
      })
    },
    { cacheKeyFn: (one) => `${one.parent} ${text(one)}` },
  )
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('A list could not be read.', { cause: reason })
}
