// Lets a child process of a test run the sources as they are. Stripping types would not do: they have what only a compiler emits.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from '@swc/core'
import './typescript.mjs'

const root = join(import.meta.dirname, '..', '..')

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context)
    const filename = fileURLToPath(url)
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, cwd: root, sourceMaps: 'inline' })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
