import pg from 'pg'
import { StartFailure } from '../../settings/start-failure.js'

const oldestVersion = 150_000

/** Makes sure that the database of DATABASE_URL can be used before anything is built on it. Throws StartFailure that says what is wrong. */
export async function checkDatabase(url: string): Promise<void> {
  const { host, pathname, username } = new URL(url)
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; number: string }>(
      "select current_setting('server_version') as version, current_setting('server_version_num') as number",
    )
    const [server] = rows
    if (server === undefined || !(Number(server.number) >= oldestVersion)) {
      throw new StartFailure(
        `DATABASE_URL: Postgres at ${host} is ${server?.version ?? 'unknown'}; 15 or newer is needed.`,
      )
    }
  } catch (error) {
    if (error instanceof StartFailure) throw error
    throw new StartFailure(`DATABASE_URL: ${reasonOf(error, { host, database: pathname.slice(1), username })}`, error)
  } finally {
    await client.end()
  }
}

function reasonOf(
  error: unknown,
  at: { readonly host: string; readonly database: string; readonly username: string },
): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ECONNREFUSED':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `nothing answers at ${at.host}.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host ${at.host}.`
    case '28P01':
    case '28000':
      return `Postgres at ${at.host} refuses the user ${at.username} or its password.`
    case '3D000':
      return `there is no database ${at.database} at ${at.host}.`
    case '57P03':
      return `Postgres at ${at.host} is starting up or stopping; try again.`
    case '53300':
      return `Postgres at ${at.host} has no connection left.`
    default:
      return `what answers at ${at.host} cannot be used as Postgres (${error instanceof Error ? error.message : String(error)}).`
  }
}
