// `npm run rotate-secrets`: encrypts all kept credentials with NEW_SECRETS_KEY instead of SECRETS_KEY.
import { keptSecretsKey } from '../../access/kept-secrets-key.js'
import { parseSecretsKey, SecretUnreadable } from '../../access/secrets.js'
import { runOnDatabase } from '../../database/run-on-database.js'
import { StartFailure } from '../../settings/start-failure.js'
import { rotateSecrets } from './rotate-secrets.js'

const { NEW_SECRETS_KEY: next } = process.env
if (next === undefined) {
  process.stderr.write('Set NEW_SECRETS_KEY; SECRETS_KEY is the key until now, without it that of DATA_DIR.\n')
  process.exitCode = 2
} else {
  const alone =
    'A gateway runs on this DATA_DIR with the key until now, and would encrypt with it: stop it, run this command again, and start it with the new key as SECRETS_KEY.'
  await runOnDatabase(
    async (pool, { secretsKey, dataDir }) => {
      const before = secretsKey === undefined ? await keptSecretsKey(dataDir) : parseSecretsKey(secretsKey)
      const count = await rotateSecrets(pool, before, parseSecretsKey(next, 'NEW_SECRETS_KEY')).catch(explained)
      process.stdout.write(`Encrypted anew: ${count}. Start the gateway with the new key as SECRETS_KEY.\n`)
    },
    { alone },
  )
}

function explained(error: unknown): never {
  if (!(error instanceof SecretUnreadable)) throw error
  throw new StartFailure(`${error.message} Nothing was changed; set SECRETS_KEY to the key until now.`, error)
}
