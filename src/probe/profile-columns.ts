import type { SourceRow } from '../../connectors/drivers/driver.js'
import { shownText } from '../connectors/mapping/value-text.js'
import { looksPersonal } from '../harvest/run/personal-data.js'
import { reportedValue } from '../harvest/run/set-aside.js'
import { valuesOfColumn } from './column-values.js'
import { inferKind } from './infer-kind.js'
import type { ColumnProfile } from './probe-report.js'

const shownSamples = 5
/** Of a column's values, so many that look like persons' make it suspect. */
const personalShare = 0.2

/** What the columns of sampled rows are. */
export function profileColumns(columns: readonly string[], rows: readonly SourceRow[]): ColumnProfile[] {
  return columns.map((name) => {
    const values = rows.map((row) => row.values[name] ?? null)
    const inferred = inferKind(name, valuesOfColumn(values))
    const texts = values.map(shownText).filter((text) => text !== '')
    const distinct = [...new Set(texts)]
    return {
      name,
      kind: inferred.kind,
      list: inferred.list ?? false,
      convert: inferred.convert ?? [],
      filled: texts.length,
      empty: values.length - texts.length,
      isUnique: texts.length > 0 && distinct.length === texts.length,
      samples: distinct.slice(0, shownSamples).map((text) => reportedValue(text) ?? ''),
      texts,
      notes: inferred.notes ?? [],
      personal: personalKind(texts),
    }
  })
}

function personalKind(texts: readonly string[]): string | undefined {
  const kinds = texts.map(looksPersonal).filter((kind) => kind !== undefined)
  return kinds.length > 0 && kinds.length >= personalShare * texts.length ? kinds[0] : undefined
}
