// Compiles what changed from TypeScript to dist/ (the same tree), with decorator metadata, which only a compiler emits.
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformFile } from '@swc/core'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sources = ['src', 'connectors', 'examples']

const modified = async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0

async function list(folder, ending) {
  const entries = await readdir(join(root, folder), { recursive: true }).catch((error) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return entries.filter((entry) => entry.endsWith(ending)).map((entry) => join(folder, entry))
}

const files = (await Promise.all(sources.map((folder) => list(folder, '.ts'))))
  .flat()
  .filter((f) => !f.endsWith('.test.ts'))
const settings = Math.max(await modified(join(root, '.swcrc')), await modified(join(root, 'package-lock.json')))
let compiled = 0
await Promise.all(
  files.map(async (file) => {
    const target = join(root, 'dist', file.replace(/\.ts$/, '.js'))
    const built = await modified(target)
    if (built > (await modified(join(root, file))) && built > settings) return
    const { code, map } = await transformFile(join(root, file), { cwd: root, sourceFileName: join(root, file) })
    await mkdir(dirname(target), { recursive: true })
    await writeFile(`${target}.map`, map ?? '')
    await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`)
    compiled += 1
  }),
)
const wanted = new Set(files.map((file) => join('dist', file.replace(/\.ts$/, '.js'))))
for (const old of await list('dist', '.js')) {
  if (!wanted.has(old)) await rm(join(root, old))
}
if (compiled > 0) console.log(`compiled ${compiled} files`)
