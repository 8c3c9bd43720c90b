import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { z } from 'zod'
import type { SampleAgency } from '../../examples/agencies/sample-agency.js'
import type { GatewayWorld } from './gateway-world.js'
import { harvestAgency, type HarvestedAgency } from './harvested-agency.js'

/** What a connector comes to: its records, and `field: value` of each slip that is set aside, in the order of the rows. */
export type ExpectedHarvest = readonly [connector: string, records: number, setAside: readonly string[]]

export interface AgencyUnderTest {
  /** The gateway that harvested it; only within tests. */
  readonly world: GatewayWorld
  /** The data of an answer without errors. */
  ask<Data>(data: z.ZodType<Data>, query: string, variables?: Record<string, unknown>): Promise<Data>
}

/**
 * Harvests all connectors of a sample agency for the tests of a file, and tests what each of them comes to. `folderOfManifests`: the folder
 * of `connectors` that it shares with another sample of its agency.
 */
export function agencyUnderTest(
  create: () => SampleAgency,
  expected: readonly ExpectedHarvest[],
  folderOfManifests?: string,
): AgencyUnderTest {
  let harvested: HarvestedAgency | undefined
  const agency = (): HarvestedAgency => {
    if (harvested === undefined) throw new Error('The agency was not harvested.')
    return harvested
  }
  beforeAll(async () => {
    harvested = await harvestAgency(create(), folderOfManifests)
  }, 120_000)
  afterAll(async () => {
    await harvested?.[Symbol.asyncDispose]()
  })

  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(agency().reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...agency().reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  return {
    get world() {
      return agency().world
    },
    async ask(data, query, variables) {
      const answer = await agency().world.query(query, variables)
      expect(answer.errors).toBeUndefined()
      return data.parse(answer.data)
    },
  }
}
