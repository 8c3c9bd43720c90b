/** A portal's column with its type in Postgres, which is what a DataStore is kept in. */
export interface Column {
  readonly id: string
  readonly type: 'text' | 'numeric' | 'bool' | 'timestamp'
}

export type Value = string | number | boolean | null
export type TableRow = Readonly<Record<string, Value>>

/** What somebody of the agency uploaded. Only tables have been loaded into the DataStore. */
export interface Upload {
  readonly name: string
  readonly description?: string
  readonly format: 'CSV' | 'XLSX' | 'PDF'
  readonly fileName: string
  /** Undefined: only the file is there. */
  readonly rows?: () => readonly object[]
}

export interface PortalDataset {
  /** The last part of its address. */
  readonly name: string
  readonly title: string
  readonly notes: string
  readonly tags: readonly string[]
  /** UTC without a zone, as CKAN writes it. */
  readonly modified: string
  readonly uploads: readonly Upload[]
}

export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly TableRow[]
}

/** The rows as the portal loads them from a file: each column gets the narrowest type that all of its values have. */
export function loadTable(items: readonly object[]): Table {
  const rows = items.map((item) =>
    Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)])),
  )
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = names.map((id): Column => ({ id, type: typeOf(rows.map((row) => row[id] ?? null)) }))
  return {
    columns,
    rows: rows.map((row) =>
      Object.fromEntries(columns.map(({ id, type }) => [id, stored(row[id] ?? null, type)] as const)),
    ),
  }
}

function typeOf(values: readonly Value[]): Column['type'] {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return 'text'
  if (known.every((value) => typeof value === 'boolean')) return 'bool'
  if (known.every((value) => typeof value === 'number')) return 'numeric'
  if (known.every((value) => typeof value === 'string' && isDay(value))) return 'timestamp'
  return 'text'
}

function stored(value: Value, type: Column['type']): Value {
  if (value === null) return null
  if (type === 'timestamp') return `${String(value)}T00:00:00`
  return type === 'text' ? String(value) : value
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text))
}

function plain(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return null
}
