/**
 * A record's `key`: its primary-key values joined by `~`, which is therefore escaped in them as `%7E`, and `%` as `%25`. What is
 * one key of one field stays as it came when it has neither.
 */
export function recordKey(values: readonly string[]): string {
  return values.map((value) => value.replaceAll('%', '%25').replaceAll('~', '%7E')).join('~')
}
