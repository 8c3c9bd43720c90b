/** What a record's global id stands for. */
export interface RecordId {
  readonly type: string
  readonly dataset: string
  /** The dataset's version at which the record was read; undefined: as it is now. */
  readonly version: number | undefined
  readonly key: string
}

/** See `emitId`, which writes ids in SQL: base64url of `type|dataset|version|key`. */
export function encodeRecordId({ type, dataset, version, key }: RecordId): string {
  return Buffer.from(`${type}|${dataset}|${version ?? ''}|${key}`).toString('base64url')
}

/** Undefined when the id is not one of a record. */
export function decodeRecordId(id: string): RecordId | undefined {
  const text = Buffer.from(id, 'base64url').toString('utf8')
  const match = /^(\w+)\|([\w-]+)\|(\d*)\|(.*)$/su.exec(text)
  if (match === null) return undefined
  const [, type = '', dataset = '', version = '', key = ''] = match
  const parsed: RecordId = { type, dataset, key, version: version === '' ? undefined : Number(version) }
  // Decoding ignores foreign characters and padding: one record has one id.
  return encodeRecordId(parsed) === id ? parsed : undefined
}
