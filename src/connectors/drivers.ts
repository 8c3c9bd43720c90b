import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import type { Driver } from '../../connectors/drivers/driver.js'

/** A driver whose options and selection only its own schemas know: parse with those before a verb is called. */
export type AnyDriver = Driver<unknown, unknown>

/** The drivers by name. */
export type Drivers = ReadonlyMap<string, AnyDriver>

const driversFolder = join(import.meta.dirname, '..', '..', 'connectors', 'drivers')

const driverSchema = z.custom<AnyDriver>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    ['name', 'title', 'options', 'selection', 'capabilities', 'check', 'describe', 'scan'].every(
      (part) => part in value,
    ),
)
const moduleSchema = z.object({ driver: driverSchema })

/** The `driver` modules that there are. A driver is a folder with one; nothing else lists it. */
export async function driverModules(folder = driversFolder): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const files = await readdir(join(folder, entry.name))
    const file = files.find((name) => name === 'driver.js' || name === 'driver.ts')
    if (file !== undefined) found.push(join(folder, entry.name, file))
  }
  return found.sort()
}

/** Throws when the module is not a driver. */
export async function loadDriver(file: string): Promise<AnyDriver> {
  const parsed = moduleSchema.safeParse(await import(pathToFileURL(file).href))
  if (!parsed.success) throw new Error(`${file} does not export a complete "driver".`)
  return parsed.data.driver
}

/** Loads every driver there is. Throws when a folder's module is not a driver or two have one name. */
export async function loadDrivers(folder = driversFolder): Promise<Drivers> {
  const drivers = new Map<string, AnyDriver>()
  for (const file of await driverModules(folder)) {
    const driver = await loadDriver(file)
    if (drivers.has(driver.name)) throw new Error(`Two drivers are named ${driver.name}.`)
    drivers.set(driver.name, driver)
  }
  return drivers
}
