import { SourceFault } from '../../src/errors/source-fault.js'

export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The fault that ends a reading; throws when none does, and what is no fault of a source. */
export async function faultOf(reading: Promise<unknown>): Promise<SourceFault> {
  try {
    await reading
  } catch (error) {
    if (error instanceof SourceFault) return error
    throw error
  }
  throw new Error('The reading ended without a fault.')
}
