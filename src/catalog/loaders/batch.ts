import DataLoader from 'dataloader'

type Key = string | number

/** Batches loads by id or code. What a batch finds is put to its key by that key, never by position; nothing found is null. */
export function oneEach<K extends Key, V>(
  load: (keys: readonly K[]) => Promise<readonly V[]>,
  keyOf: (value: V) => K,
): DataLoader<K, V | null> {
  return new DataLoader<K, V | null>(async (keys) => {
    const found = new Map((await load(keys)).map((value) => [keyOf(value), value]))
    return keys.map((key) => found.get(key) ?? null)
  })
}

/** The same for ids that the database refers to: each of them exists. */
export function existing<V>(
  what: string,
  load: (keys: readonly number[]) => Promise<readonly V[]>,
  keyOf: (value: V) => number,
): DataLoader<number, V> {
  return new DataLoader<number, V>(async (keys) => {
    const found = new Map((await load(keys)).map((value) => [keyOf(value), value]))
    return keys.map((key) => found.get(key) ?? new Error(`There is no ${what} ${key}.`))
  })
}

/** Batches loads of lists: what belongs to each owner, in the order in which it was loaded. */
export function listEach<V>(
  load: (owners: readonly number[]) => Promise<readonly { readonly owner: number; readonly value: V }[]>,
): DataLoader<number, V[]> {
  return new DataLoader<number, V[]>(async (owners) => {
    const lists = Map.groupBy(await load(owners), ({ owner }) => owner)
    return owners.map((owner) => (lists.get(owner) ?? []).map(({ value }) => value))
  })
}
