import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder with package.json: where schema/, connectors/, plan/ and web/ are, whether run from src/ or from dist/. */
export const installationFolder = findUp(import.meta.dirname)

function findUp(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error(`There is no package.json above ${import.meta.dirname}.`)
  return findUp(above)
}
