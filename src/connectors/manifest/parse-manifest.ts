import { parseDocument } from 'yaml'
import type { z } from 'zod'
import type { AnyDriver, Drivers } from '../drivers.js'
import { withPlaceholders } from '../outbound/endpoint-resolver.js'
import { manifestSchema, type Manifest } from './manifest.js'

/** A manifest that cannot be used. Each problem says where and what is allowed. */
export class ManifestError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly ManifestProblem[],
  ) {
    super(problems.map(({ path, message }) => `${file}: ${path === '' ? '' : `${path}: `}${message}`).join('\n'))
    this.name = 'ManifestError'
  }
}

export interface ManifestProblem {
  /** `resources[0].fields.pupils`; empty for the whole. */
  readonly path: string
  readonly message: string
}

/**
 * Reads a manifest (YAML text or what a registration sent) and checks all of it, options and selections with the driver's own
 * schemas too. Throws a ManifestError with every problem found.
 */
export function parseManifest(source: unknown, drivers: Drivers, file = 'manifest'): Manifest {
  const parsed = manifestSchema.safeParse(typeof source === 'string' ? readYaml(source, file) : source)
  if (!parsed.success) throw new ManifestError(file, problemsOf(parsed.error, []))
  const manifest = parsed.data
  const driver = drivers.get(manifest.driver)
  if (driver === undefined) {
    const known = [...drivers.keys()].join(', ')
    throw new ManifestError(file, [
      { path: 'driver', message: `"${manifest.driver}" is not a driver; there are ${known}` },
    ])
  }
  const problems = [
    ...driverProblems(manifest, driver),
    ...modeProblems(manifest, driver),
    ...incrementalProblems(manifest, driver),
  ]
  if (problems.length > 0) throw new ManifestError(file, problems)
  return manifest
}

function readYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true })
  if (document.errors.length > 0) {
    throw new ManifestError(
      file,
      document.errors.map((error) => ({ path: '', message: readable(error.message) })),
    )
  }
  try {
    // Aliases that refer to aliases could grow without end.
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new ManifestError(file, [{ path: '', message: readable(error.message) }])
  }
}

/** What the parser says of a text without sense in it, by what is to be done. */
function readable(message: string): string {
  return message.includes('call stack') ? 'is nested too deep' : message
}

function driverProblems(manifest: Manifest, driver: AnyDriver): ManifestProblem[] {
  const problems = check(driver.options, manifest.options, ['options'])
  manifest.resources.forEach((resource, index) => {
    const path = ['resources', index]
    const first = resource.steps[0]
    const parts = first !== undefined && 'concat' in first ? first.concat : []
    if (parts.length === 0) problems.push(...check(driver.selection, resource.selection ?? {}, [...path, 'selection']))
    resource.steps.forEach((step, at) => {
      if ('concat' in step) {
        step.concat.forEach((part, number) => {
          const here = [...path, 'steps', at, 'concat', number]
          problems.push(...check(driver.options, { ...manifest.options, ...part.options }, [...here, 'options']))
          const selection = part.selection ?? resource.selection ?? {}
          problems.push(...check(driver.selection, selection, [...here, 'selection']))
        })
      } else if ('joinWith' in step) {
        const here = [...path, 'steps', at, 'joinWith']
        problems.push(...check(driver.options, { ...manifest.options, ...step.joinWith.options }, [...here, 'options']))
        problems.push(...check(driver.selection, step.joinWith.selection ?? {}, [...here, 'selection']))
      }
    })
  })
  return problems
}

function modeProblems(manifest: Manifest, driver: AnyDriver): ManifestProblem[] {
  const path = 'refresh.mode'
  const { mode } = manifest.refresh
  const { lookupBatch, scan } = driver.capabilities
  if (mode === 'lookup' && lookupBatch === undefined) {
    return [{ path, message: `the driver ${driver.name} cannot look up by key; use snapshot or live` }]
  }
  if (mode !== 'lookup' && !scan) {
    return [{ path, message: `the driver ${driver.name} cannot list all rows; use lookup` }]
  }
  return []
}

/** Steps that need the rows that have not changed. */
const wholeSteps = ['fillDown', 'joinWith', 'concat']

function incrementalProblems(manifest: Manifest, driver: AnyDriver): ManifestProblem[] {
  const { refresh, resources } = manifest
  if (!('fullEveryMs' in refresh) || refresh.fullEveryMs === undefined) return []
  if (!driver.capabilities.since) {
    return [
      { path: 'refresh.full', message: `the driver ${driver.name} cannot read only what has changed; leave it out` },
    ]
  }
  return resources.flatMap(({ steps }, index) =>
    steps.flatMap((step, at) =>
      wholeSteps
        .filter((name) => name in step)
        .map((name) => ({
          path: `resources[${index}].steps[${at}].${name}`,
          message: 'needs all rows each time, so refresh.full must be left out',
        })),
    ),
  )
}

function check(schema: z.ZodType, value: unknown, path: readonly PropertyKey[]): ManifestProblem[] {
  const parsed = schema.safeParse(withPlaceholders(value))
  return parsed.success ? [] : problemsOf(parsed.error, path)
}

function problemsOf(error: z.ZodError, before: readonly PropertyKey[]): ManifestProblem[] {
  return error.issues.flatMap((issue) => issueProblems(issue, before))
}

function issueProblems(issue: z.core.$ZodIssue, before: readonly PropertyKey[]): ManifestProblem[] {
  const path = [...before, ...issue.path]
  if (issue.code === 'invalid_union') {
    // Of several forms, the one whose names all fit is what the writer meant: say what is wrong inside it.
    const meant = issue.errors.find((issues) => issues.length > 0 && issues.every((inner) => inner.path.length > 0))
    if (meant !== undefined) return meant.flatMap((inner) => issueProblems(inner, path))
  }
  return [{ path: pathText(path), message: issue.message }]
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}
