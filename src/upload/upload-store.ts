import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { errorCode } from '../connectors/outbound/network-faults.js'
import { inTransaction } from '../harvest/transaction.js'
import { partEnding, type ReceivedFile } from './receive-file.js'

export interface NewUpload {
  readonly connectorId: number
  readonly file: ReceivedFile
  readonly format: string
  /** Who sent it, as the list of uploads shows it. */
  readonly by: string
  /** What else belongs to it, in the transaction that stores it. */
  readonly alongside: (client: pg.PoolClient, id: string) => Promise<void>
}

export interface StoredUpload {
  /** A decimal. */
  readonly id: string
  readonly path: string
}

const pieceBytes = 1024 * 1024

/**
 * Uploads in Postgres, where every replica finds them, and as files in a folder of this process, where they are read. The file
 * is only a copy: when it is gone it is written again.
 */
export class UploadStore {
  readonly #pool: pg.Pool
  readonly #folder: string

  constructor(pool: pg.Pool, folder: string) {
    this.#pool = pool
    this.#folder = folder
  }

  /** Removes what a process that died left half received. */
  async sweep(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const names = await readdir(this.#folder)
    await Promise.all(
      names.filter((name) => name.endsWith(partEnding)).map((name) => rm(join(this.#folder, name), { force: true })),
    )
  }

  /** Takes a received file over, so that a run can publish it. It does not count before one has. */
  async add({ connectorId, file, format, by, alongside }: NewUpload): Promise<StoredUpload> {
    const id = await inTransaction(this.#pool, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `insert into gateway.upload (connector_id, format, bytes, sha256, uploaded_by) values ($1, $2, $3, $4, $5) returning id`,
        [connectorId, format, file.bytes, file.sha256, by],
      )
      const stored = rows[0]?.id
      if (stored === undefined) throw new Error('The upload was not stored.')
      await storePieces(client, stored, file.path)
      await alongside(client, stored)
      return stored
    })
    const path = this.#pathOf(id)
    await rename(file.path, path)
    return { id, path }
  }

  /** The file of the last upload that was published; undefined: there is none. */
  async published(connectorId: number): Promise<string | undefined> {
    const { rows } = await this.#pool.query<{ id: string; bytes: string }>(
      `select id, bytes from gateway.upload where connector_id = $1 and published_at is not null order by published_at desc, id desc limit 1`,
      [connectorId],
    )
    const last = rows[0]
    if (last === undefined) return undefined
    const path = this.#pathOf(last.id)
    if (!(await isWhole(path, Number(last.bytes)))) await this.#restore(last.id, path)
    return path
  }

  /** After a run that did not publish it: only that there was such an upload stays known. */
  async discard(upload: StoredUpload): Promise<void> {
    await this.#pool.query('delete from gateway.upload_piece where upload_id = $1', [upload.id])
    await rm(upload.path, { force: true })
  }

  /** After a run that published it: the contents of earlier uploads are not needed any more. */
  async forgetBefore(connectorId: number, upload: StoredUpload): Promise<void> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `with gone as (
         delete from gateway.upload_piece p using gateway.upload u
         where u.id = p.upload_id and u.connector_id = $1 and u.id < $2 returning u.id
       ) select distinct id from gone`,
      [connectorId, upload.id],
    )
    await Promise.all(rows.map(({ id }) => rm(this.#pathOf(id), { force: true })))
  }

  #pathOf(id: string): string {
    return join(this.#folder, id)
  }

  async #restore(id: string, path: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const part = join(this.#folder, `${randomUUID()}${partEnding}`)
    try {
      await pipeline(this.#pieces(id), createWriteStream(part, { mode: 0o600 }))
      await rename(part, path)
    } finally {
      await rm(part, { force: true })
    }
  }

  async *#pieces(id: string): AsyncGenerator<Buffer, void, undefined> {
    for (let position = 0; ; position++) {
      const { rows } = await this.#pool.query<{ content: Buffer }>(
        'select content from gateway.upload_piece where upload_id = $1 and position = $2',
        [id, position],
      )
      if (rows[0] === undefined) return
      yield rows[0].content
    }
  }
}

async function storePieces(client: pg.PoolClient, id: string, path: string): Promise<void> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(pieceBytes)
    for (let position = 0; ; position++) {
      const { bytesRead } = await file.read(buffer, 0, pieceBytes, position * pieceBytes)
      if (bytesRead === 0) return
      await client.query('insert into gateway.upload_piece (upload_id, position, content) values ($1, $2, $3)', [
        id,
        position,
        buffer.subarray(0, bytesRead),
      ])
    }
  } finally {
    await file.close()
  }
}

async function isWhole(path: string, bytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}
