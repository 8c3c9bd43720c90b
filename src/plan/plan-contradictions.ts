import type { PlanAgency, PlanHead, PlanRow, PlanTheme } from './plan-entries.js'

export interface PlanEntries {
  readonly plan: PlanHead
  readonly themes: readonly PlanTheme[]
  readonly agencies: readonly PlanAgency[]
  readonly rows: readonly PlanRow[]
}

/** What no single entry can get wrong: codes that are unknown or given twice, and entries that contradict each other. */
export function findContradictions(entries: PlanEntries): string[] {
  return [...inPlan(entries), ...inThemes(entries), ...inAgencies(entries), ...inDatasets(entries)]
}

function* inPlan({ plan }: PlanEntries): Iterable<string> {
  if (plan.to < plan.from) yield `plan.json: it ends (${plan.to}) before it begins (${plan.from}).`
}

function* inThemes({ themes, agencies }: PlanEntries): Iterable<string> {
  const planned = new Set(agencies.filter((agency) => agency.inPlan).map((agency) => agency.code))
  for (const code of repeated(themes.map((theme) => theme.code))) yield `themes.json: the code ${code} is given twice.`
  for (const number of repeated(themes.map((theme) => theme.number))) {
    yield `themes.json: the number ${number} is given twice.`
  }
  for (const theme of themes) {
    for (const code of theme.leadAgencies) {
      if (!planned.has(code)) yield `themes.json, theme ${theme.number}: the plan has no agency ${code}.`
    }
  }
}

function* inAgencies({ agencies }: PlanEntries): Iterable<string> {
  const byCode = new Map(agencies.map((agency) => [agency.code, agency]))
  for (const code of repeated(agencies.map((agency) => agency.code))) {
    yield `agencies.json: the code ${code} is given twice; a successor has a code of its own.`
  }
  for (const { code, validFrom, validTo, predecessors } of agencies) {
    const where = `agencies.json, ${code}`
    if (validFrom !== null && validTo !== null && validTo < validFrom) {
      yield `${where}: it ends (${validTo}) before it begins (${validFrom}).`
    }
    for (const name of predecessors) {
      const predecessor = byCode.get(name)
      if (predecessor === undefined) {
        yield `${where}: there is no agency ${name} to be its predecessor.`
      } else if (validFrom === null || predecessor.validTo === null || predecessor.validTo >= validFrom) {
        yield `${where}: its predecessor ${name} does not end before it begins.`
      }
    }
  }
}

function* inDatasets({ themes, rows }: PlanEntries): Iterable<string> {
  const themesByCode = new Map(themes.map((theme) => [theme.code, theme]))
  const rowsByCode = new Map(rows.map((row) => [row.code, row]))
  const rowNumbers = rows.map((row) => String(row.row))
  for (const number of repeated(rowNumbers)) yield `datasets.json: row ${number} is given twice.`
  for (const code of repeated(rows.map((row) => row.code))) {
    const numbers = rows.filter((row) => row.code === code).map((row) => row.row)
    yield `datasets.json, rows ${numbers.join(' and ')}: both have the code ${code}.`
  }
  for (const row of rows) {
    const where = `datasets.json, row ${row.row}`
    const theme = themesByCode.get(row.theme)
    if (theme === undefined) {
      yield `${where}: there is no theme ${row.theme}.`
    } else if (row.leadAgency !== null && !theme.leadAgencies.includes(row.leadAgency)) {
      yield `${where}: the theme ${theme.code} does not name the agency ${row.leadAgency}.`
    }
    yield* inDuplicate(row, rowsByCode, where)
    yield* inRelated(row, rowsByCode, where)
  }
}

function* inDuplicate(row: PlanRow, rowsByCode: ReadonlyMap<string, PlanRow>, where: string): Iterable<string> {
  if (row.duplicateOf === null) return
  const original = rowsByCode.get(row.duplicateOf)
  if (original === undefined) {
    yield `${where}: there is no dataset ${row.duplicateOf} that it could repeat.`
  } else if (original.duplicateOf !== null || original.code === row.code) {
    yield `${where}: ${row.duplicateOf} is itself a duplicate; name the dataset that both repeat.`
  }
}

function* inRelated(row: PlanRow, rowsByCode: ReadonlyMap<string, PlanRow>, where: string): Iterable<string> {
  for (const code of row.related) {
    const other = rowsByCode.get(code)
    if (other === undefined) yield `${where}: there is no dataset ${code} that it could be related to.`
    else if (other.code === row.code) yield `${where}: it is related to itself.`
    else if (!other.related.includes(row.code)) yield `${where}: ${code} does not name it as related in turn.`
  }
}

function repeated(values: readonly string[]): Set<string> {
  const seen = new Set<string>()
  return new Set(values.filter((value) => seen.size === seen.add(value).size))
}
