import type { SourceRow } from '../../connectors/drivers/driver.js'
import { shownText } from '../connectors/mapping/value-text.js'
import { hiddenValue, reportedValue } from '../harvest/run/set-aside.js'
import { meaningOfNames, personalIn } from '../harvest/screen/column-names.js'
import { looksLikePersonName } from '../harvest/screen/person-name.js'
import { valuesOfColumn } from './column-values.js'
import { inferKind } from './infer-kind.js'
import type { ColumnProfile } from './probe-report.js'

const shownSamples = 5
/** Of a column's values, so many that look like persons' make it suspect: with more rows set aside a run publishes nothing. */
const personalShare = 0.05

/** What the columns of sampled rows are. */
export function profileColumns(columns: readonly string[], rows: readonly SourceRow[]): ColumnProfile[] {
  return columns.map((name) => {
    const values = rows.map((row) => row.values[name] ?? null)
    const inferred = inferKind(name, valuesOfColumn(values))
    const texts = values.map(shownText).filter((text) => text !== '')
    const distinct = [...new Set(texts)]
    const kindOf = personalKind(name)
    return {
      name,
      kind: inferred.kind,
      list: inferred.list ?? false,
      convert: inferred.convert ?? [],
      filled: texts.length,
      empty: values.length - texts.length,
      isUnique: texts.length > 0 && distinct.length === texts.length,
      samples: distinct
        .slice(0, shownSamples)
        .map((text) => (kindOf(text) === undefined ? (reportedValue(text) ?? '') : hiddenValue)),
      texts,
      notes: inferred.notes ?? [],
      personal: kindOfColumn(texts.map(kindOf)),
    }
  })
}

/** By the column's name: a list of names is one of persons when it says so, and of streets or schools otherwise. */
function personalKind(column: string): (text: string) => string | undefined {
  const meaning = meaningOfNames([column])
  return (text) => personalIn(meaning, text) ?? (meaning.isPersonName && looksLikePersonName(text) ? 'NAME' : undefined)
}

function kindOfColumn(kindsOfValues: readonly (string | undefined)[]): string | undefined {
  const kinds = kindsOfValues.filter((kind) => kind !== undefined)
  return kinds.length > 0 && kinds.length >= personalShare * kindsOfValues.length ? kinds[0] : undefined
}
