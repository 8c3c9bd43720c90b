import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Download } from '../../../connectors/drivers/driver.js'
import { single, type OpenAnswer } from './exchange.js'

/** The files that one run downloads, in a folder of its own that is removed with it. */
export class Downloads implements AsyncDisposable {
  readonly #parent: string
  readonly #byRequest = new Map<string, Promise<Download>>()
  readonly #changed = new Map<string, Promise<boolean>>()
  #folder: Promise<string> | undefined
  #count = 0

  constructor(parent = tmpdir()) {
    this.#parent = parent
  }

  /** The download of this request; `fetch` is called only the first time, however many ask at once. */
  once(request: string, fetch: () => Promise<Download>): Promise<Download> {
    const known = this.#byRequest.get(request)
    if (known !== undefined) return known
    const started = fetch()
    this.#byRequest.set(request, started)
    // One that failed may be tried again.
    started.catch(() => this.#byRequest.delete(request))
    return started
  }

  /** Has a file changed since the last run? `ask` is called only the first time, however many resources are made of it. */
  changedOnce(visit: string, ask: () => Promise<boolean>): Promise<boolean> {
    const known = this.#changed.get(visit)
    if (known !== undefined) return known
    const asked = ask()
    this.#changed.set(visit, asked)
    asked.catch(() => this.#changed.delete(visit))
    return asked
  }

  async save(answer: OpenAnswer): Promise<Download> {
    this.#folder ??= mkdtemp(join(this.#parent, 'gateway-run-'))
    this.#count += 1
    const path = join(await this.#folder, `${this.#count}`)
    try {
      await pipeline(answer.body, createWriteStream(path, { mode: 0o600 }))
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    return {
      path,
      size: (await stat(path)).size,
      url: answer.url.href,
      header: (name) => single(answer.headers[name.toLowerCase()]),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#byRequest.values())
    if (this.#folder !== undefined) await rm(await this.#folder, { recursive: true, force: true })
  }
}
