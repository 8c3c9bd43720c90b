import { buildRecordTypes } from '../records/schema/build-record-types.js'
import { parseRecordType } from '../records/schema/parse-record-type.js'
import type { RecordType } from '../records/schema/record-type.js'
import type { ProbePorts } from './probe-ports.js'

export type ProposedRecordType =
  { readonly ok: true; readonly type: RecordType } | { readonly ok: false; readonly problems: readonly string[] }

/** A schema as the record type that it would be among those that there are. */
export function readProposedType(
  schema: unknown,
  { types, taken }: Pick<ProbePorts, 'types' | 'taken'>,
): ProposedRecordType {
  const { types: known, codeLists, revision } = types()
  const parsed = parseRecordType({ file: 'schema', theme: undefined, content: schema }, codeLists)
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map(sentence) }
  const others = [...known.values()].filter(({ code }) => code !== parsed.value.code)
  const built = buildRecordTypes([...others, parsed.value], [...codeLists.values()], revision, { taken })
  return built.ok ? { ok: true, type: parsed.value } : { ok: false, problems: built.problems.map(sentence) }
}

function sentence({ path, message }: { readonly path: string; readonly message: string }): string {
  return path === '' ? message : `${path}: ${message}`
}
