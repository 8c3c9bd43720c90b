import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { driverModules, loadDriver } from '../../../src/connectors/drivers.js'
import { allCases } from './all-cases.js'
import type { TriedFixture } from './trial.js'

const fixtureModule = z.object({
  fixture: z.custom<TriedFixture>((value) => typeof value === 'object' && value !== null && 'serve' in value),
})

const modules = await driverModules()

test('there are drivers', () => {
  expect(modules.length).toBeGreaterThan(0)
})

for (const module of modules) {
  const folder = dirname(module)
  const driver = await loadDriver(module)
  const fixture = (await readdir(folder)).includes('fixture-server.ts')
    ? fixtureModule.parse(await import(pathToFileURL(join(folder, 'fixture-server.ts')).href)).fixture
    : undefined

  describe(`the driver ${driver.name}`, () => {
    test('is named after its folder and brings a fixture', () => {
      expect(driver.name).toBe(basename(folder))
      expect(fixture).toBeDefined()
    })

    test('has a lookup exactly when it says so', () => {
      expect(driver.lookup !== undefined).toBe(driver.capabilities.lookupBatch !== undefined)
    })

    if (fixture === undefined) return
    for (const one of allCases) {
      const reason = fixture.leftOut?.[one.name]
      if (reason !== undefined) test.skip(`${one.name}: left out, since ${reason}`, () => undefined)
      else if (one.applies({ driver, fixture })) {
        test(one.name, async () => {
          expect(await one.problems({ driver, fixture })).toEqual([])
        })
      }
    }
  })
}
