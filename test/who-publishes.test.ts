import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { loadDrivers } from '../src/connectors/drivers.js'
import { parseManifest } from '../src/connectors/manifest/parse-manifest.js'
import { loadPlan } from '../src/plan/plan-file.js'

const root = join(import.meta.dirname, '..')

test('each dataset of the plan is connected, by its lead or by an agency that its theme names', async () => {
  const [{ datasets }, drivers, files] = await Promise.all([
    loadPlan(join(root, 'plan/binh-dinh-2023-2025')),
    loadDrivers(),
    readdir(join(root, 'connectors'), { recursive: true }),
  ])
  const publishers = new Map<string, (string | undefined)[]>()
  for (const file of files.filter((name) => name.endsWith('.yaml'))) {
    const { dataset, agency } = parseManifest(await readFile(join(root, 'connectors', file), 'utf8'), drivers, file)
    publishers.set(dataset, [...(publishers.get(dataset) ?? []), agency])
  }
  const others = datasets
    .filter(({ duplicateOf }) => duplicateOf === null)
    .filter(({ code, leadAgency, candidateAgencies }) => {
      const asked = leadAgency === null ? candidateAgencies : [leadAgency]
      const agencies = publishers.get(code) ?? []
      return agencies.length === 0 || !agencies.every((agency) => agency !== undefined && asked.includes(agency))
    })
  expect(others.map(({ code }) => code)).toEqual([])
})
