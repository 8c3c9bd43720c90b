// Lets Node run the sources as they are. Stripping types would not do: the program uses what only a compiler emits.
import { existsSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transformSync } from '@swc/core'

const root = join(import.meta.dirname, '..')
const rootModule = pathToFileURL(join(root, 'bench.js')).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
      if (existsSync(fileURLToPath(source))) return next(source.href, context)
    }
    // The packages beside the benchmarks are the peers': ours must not meet a second copy of graphql.
    const ownPackage =
      context.parentURL?.endsWith('.ts') === true && /^[@a-z]/.test(specifier) && !specifier.includes(':')
    return next(specifier, ownPackage ? { ...context, parentURL: rootModule } : context)
  },
  load(url, context, next) {
    if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context)
    const filename = fileURLToPath(url)
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      filename,
      cwd: root,
      sourceMaps: 'inline',
    })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
