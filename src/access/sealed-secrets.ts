import type { Queries } from '../database/queries.js'
import type { SealedText, SecretPlace, Secrets } from './secrets.js'

/** Keeps a text encrypted; whatever was there before is gone. */
export async function storeSecret(query: Queries, secrets: Secrets, place: SecretPlace, text: string): Promise<void> {
  const { keyId, sealed } = secrets.seal(place, text)
  await query(
    `insert into gateway.sealed_secret (owner, owner_id, field, key_id, sealed) values ($1, $2, $3, $4, $5)
     on conflict (owner, owner_id, field) do update
       set key_id = excluded.key_id, sealed = excluded.sealed, updated_at = now()`,
    [place.owner, place.ownerId, place.field, keyId, sealed],
  )
}

/** True when there was one. */
export async function forgetSecret(query: Queries, { owner, ownerId, field }: SecretPlace): Promise<boolean> {
  const gone = await query<{ field: string }>(
    `with gone as (delete from gateway.sealed_secret where owner = $1 and owner_id = $2 and field = $3 returning field)
     select field from gone`,
    [owner, ownerId, field],
  )
  return gone.length > 0
}

/** Undefined when there is none. Throws SecretUnreadable. */
export async function readSecret(query: Queries, secrets: Secrets, place: SecretPlace): Promise<string | undefined> {
  const [row] = await query<{ key_id: string; sealed: Buffer }>(
    'select key_id, sealed from gateway.sealed_secret where owner = $1 and owner_id = $2 and field = $3',
    [place.owner, place.ownerId, place.field],
  )
  return row === undefined ? undefined : secrets.open(place, { keyId: row.key_id, sealed: row.sealed })
}

export interface StoredSecret extends SealedText {
  readonly place: SecretPlace
}

/** All of them, locked until the transaction ends: none is set meanwhile. */
export async function lockSecrets(query: Queries): Promise<StoredSecret[]> {
  await query('lock table gateway.sealed_secret in exclusive mode')
  const rows = await query<{
    owner: SecretPlace['owner']
    owner_id: number
    field: string
    key_id: string
    sealed: Buffer
  }>('select owner, owner_id, field, key_id, sealed from gateway.sealed_secret order by owner, owner_id, field')
  return rows.map(({ owner, owner_id, field, key_id, sealed }) => ({
    place: { owner, ownerId: owner_id, field },
    keyId: key_id,
    sealed,
  }))
}
