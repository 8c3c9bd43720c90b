/** An object whose values are made when they are first read. It has no prototype: names come from requests. */
export function lazyMap<Value>(names: Iterable<string>, make: (name: string) => Value): Record<string, Value> {
  const map: Record<string, Value> = {}
  Object.setPrototypeOf(map, null)
  const shown = { enumerable: true, configurable: true } as const
  for (const name of names) {
    Object.defineProperty(map, name, {
      ...shown,
      get: () => {
        const value = make(name)
        Object.defineProperty(map, name, { ...shown, value })
        return value
      },
    })
  }
  return map
}
