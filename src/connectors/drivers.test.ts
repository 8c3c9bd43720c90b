import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { driverModules, loadDrivers } from './drivers.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drivers-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function addDriver(name: string, content: string): Promise<void> {
  await mkdir(join(folder, name))
  await writeFile(join(folder, name, 'driver.js'), content)
}
const complete = (name: string): string =>
  `export const driver = { name: '${name}', title: {}, options: {}, selection: {}, capabilities: {}, check() {}, describe() {}, scan() {} }`

test('every driver folder of the repository is loaded under its name', async () => {
  const modules = await driverModules()
  const drivers = await loadDrivers()
  expect([...drivers.keys()].length).toBe(modules.length)
  expect([...drivers.keys()]).toEqual(expect.arrayContaining(['csv', 'rest-json']))
})

test('a new driver is a new folder, and folders without one are left alone', async () => {
  await addDriver('fax', complete('fax'))
  await mkdir(join(folder, 'conformance'))
  expect([...(await loadDrivers(folder)).keys()]).toEqual(['fax'])
})

test('what is not a driver, or is there twice, stops the start', async () => {
  await addDriver('half', 'export const driver = { name: "half" }')
  await expect(loadDrivers(folder)).rejects.toThrow('does not export a complete "driver"')
  await rm(join(folder, 'half'), { recursive: true })
  await addDriver('one', complete('same'))
  await addDriver('two', complete('same'))
  await expect(loadDrivers(folder)).rejects.toThrow('Two drivers are named same.')
})
