// npm run bench: installs the peers, compiles the gateway, then measures. See docs/performance.md.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const folder = import.meta.dirname
const root = join(folder, '..')

function run(command, words, cwd = root) {
  const { status, error } = spawnSync(command, words, { cwd, stdio: 'inherit' })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

if (!existsSync(join(folder, 'node_modules', 'postgraphile'))) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], folder)
}
run(process.execPath, [join(root, 'scripts', 'build.mjs')])
const main = [
  process.execPath,
  '--import',
  join(folder, 'typescript.mjs'),
  join(folder, 'main.ts'),
  ...process.argv.slice(2),
]
// Postgres and the load share a core, the server under test has another one to itself.
if (availableParallelism() > 1 && process.platform === 'linux') run('taskset', ['-c', '1', ...main])
else run(main[0], main.slice(1))
