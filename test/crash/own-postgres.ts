import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js'
import type { TestDatabase } from '../support/database.js'

const silent = (): void => undefined

/** A Postgres of its own, kept running as the gateway keeps its own; for tests that break it. */
export interface OwnPostgres extends TestDatabase {
  /** As `pg_ctl stop -m immediate`: no checkpoint, no goodbye. It is started again by itself. */
  crash(): Promise<void>
  /**
   * The folder for a tablespace on a disk of so many megabytes; undefined where this process may not mount one. Disposed with it.
   */
  mountDisk(megabytes: number): string | undefined
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-crash-'))
  const database = await startEmbeddedDatabase({
    folder,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    settings: { max_wal_size: '64MB' },
  })
  const pool = new pg.Pool({ connectionString: database.url, connectionTimeoutMillis: 5_000 })
  pool.on('error', silent)
  pool.on('connect', (client) => {
    client.on('error', silent)
  })
  const data = join(folder, 'postgres')
  const disks: string[] = []
  const postmaster = (): number => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  return {
    url: database.url,
    pool,
    async crash() {
      const before = postmaster()
      process.kill(before, 'SIGQUIT')
      for (let tries = 0; tries < 400; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 25))
        try {
          if (postmaster() !== before && (await pool.query('select 1')).rowCount === 1) return
        } catch {
          // Not yet: its file or its port is not there.
        }
      }
      throw new Error('Postgres did not come back.')
    },
    mountDisk(megabytes) {
      const disk = join(folder, 'disk')
      mkdirSync(disk)
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk], { stdio: 'ignore' })
      } catch {
        return undefined
      }
      disks.push(disk)
      const { uid, gid } = statSync(data)
      const space = join(disk, 'space')
      mkdirSync(space)
      for (const owned of [disk, space]) chownSync(owned, uid, gid)
      return space
    },
    async dispose() {
      await pool.end()
      await database[Symbol.asyncDispose]()
      for (const disk of disks) execFileSync('umount', [disk], { stdio: 'ignore' })
      await rm(folder, { recursive: true, force: true })
    },
  }
}
