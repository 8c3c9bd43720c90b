// Writes docs/datasets.md: each row of the plan, and each dataset beside it, with record types, source and refresh. With --check
// it only compares, and fails when the file has drifted. Run `npm run build` before, since it reads the compiled program.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadDrivers } from '../dist/src/connectors/drivers.js'
import { parseManifest } from '../dist/src/connectors/manifest/parse-manifest.js'
import { loadPlan } from '../dist/src/plan/plan-file.js'

const root = join(import.meta.dirname, '..')
const file = join(root, 'docs', 'datasets.md')
const plan = await loadPlan(join(root, 'plan', 'binh-dinh-2023-2025'))
const drivers = await loadDrivers()

const manifests = new Map()
const names = await readdir(join(root, 'connectors'), { recursive: true })
for (const name of names.filter((each) => each.endsWith('.yaml')).sort()) {
  const manifest = parseManifest(await readFile(join(root, 'connectors', name), 'utf8'), drivers, name)
  manifests.set(manifest.dataset, [...(manifests.get(manifest.dataset) ?? []), { manifest, name }])
}

const days = (ms) =>
  [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
  ]
    .filter(([unit]) => ms >= unit)
    .map(([unit, name]) => `${ms / unit} ${name}`)[0] ?? `${ms / 1000} s`
const refresh = ({ refresh: { mode, everyMs, maxAgeMs } }) =>
  mode === 'snapshot' ? `every ${days(everyMs)}` : `${mode}, at most ${days(maxAgeMs)} old`
const unique = (values) => [...new Set(values)].join(', ')

function cells(code) {
  const found = manifests.get(code) ?? []
  return [
    unique(found.flatMap(({ manifest }) => manifest.resources.map((resource) => `\`${resource.recordType}\``))),
    unique(found.map(({ manifest, name }) => `[${manifest.driver}](../connectors/${name})`)),
    unique(found.map(({ manifest }) => refresh(manifest))),
  ]
}

const rows = plan.datasets.map((dataset) => {
  const original = dataset.duplicateOf ?? dataset.code
  const title = dataset.duplicateOf === null ? dataset.titleEn : `${dataset.titleEn} (the same as \`${original}\`)`
  return [dataset.row, `\`${dataset.code}\``, title, ...cells(original)]
})
const planned = new Set(plan.datasets.map((dataset) => dataset.code))
const beside = [...manifests]
  .filter(([code]) => !planned.has(code))
  .map(([code, [{ manifest }]]) => ['–', `\`${code}\``, manifest.datasetEntry?.title.en ?? '', ...cells(code)])

const line = (values) => `| ${values.join(' | ')} |`
const text = [
  '# Datasets',
  '',
  'Made by scripts/generate-datasets.mjs from `plan/` and `connectors/`. All sources are sample agencies; their data is made up.',
  '',
  line(['row', 'dataset', 'title', 'record types', 'source', 'refresh']),
  line(['---', '---', '---', '---', '---', '---']),
  ...[...rows, ...beside].map(line),
  '',
].join('\n')

if (process.argv.includes('--check')) {
  const written = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  if (written !== text) {
    console.error('docs/datasets.md is not what the plan and the manifests say. Run: npm run generate')
    process.exitCode = 1
  }
} else {
  await writeFile(file, text)
}
