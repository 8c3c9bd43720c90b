// `npm run rotate-secrets`: encrypts all kept credentials with NEW_SECRETS_KEY instead of SECRETS_KEY.
import pg from 'pg'
import { parseSecretsKey } from '../../access/secrets.js'
import { StartFailure } from '../../settings/start-failure.js'
import { rotateSecrets } from './rotate-secrets.js'

const { DATABASE_URL: url, SECRETS_KEY: before, NEW_SECRETS_KEY: after } = process.env
if (url === undefined || before === undefined || after === undefined) {
  process.stderr.write('Set DATABASE_URL, SECRETS_KEY (the key until now) and NEW_SECRETS_KEY.\n')
  process.exitCode = 2
} else {
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    const count = await rotateSecrets(pool, parseSecretsKey(before), parseSecretsKey(after, 'NEW_SECRETS_KEY'))
    process.stdout.write(`${count} texts were encrypted anew. Start the gateway with the new key as SECRETS_KEY.\n`)
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } finally {
    await pool.end()
  }
}
