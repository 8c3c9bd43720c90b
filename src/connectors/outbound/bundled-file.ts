import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { errorCode } from './network-faults.js'

/** The path of a bundled file within `folder`; undefined when the URL leads out of it or through a symbolic link out of it. */
export async function bundledFile(folder: string, url: URL): Promise<string | undefined> {
  if (url.protocol !== 'bundled:' || url.pathname.includes('\0') || /%00|%(?![0-9a-f]{2})/i.test(url.pathname))
    return undefined
  const path = resolve(folder, `./${decodeURIComponent(url.pathname)}`)
  const inside = relative(folder, path)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return undefined
  try {
    const real = await realpath(path)
    return real === join(await realpath(folder), inside) ? real : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
