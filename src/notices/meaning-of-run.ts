import { sourceFaults, type SourceFaultCode } from '../errors/source-fault.js'

/** Why an owner is told something. One notice is open for a connector and a cause at a time. */
export const noticeCauses = [
  'RUN_FAILED',
  'HELD_BY_GUARD',
  'SCHEMA_DRIFT',
  'COLUMNS_CHANGED',
  'SOURCE_VANISHED',
  'SOURCE_OUTDATED',
  'PERSONAL_DATA',
  'ROWS_SET_ASIDE',
] as const
export type NoticeCause = (typeof noticeCauses)[number]

/** A run that has ended, with what came before it. */
export interface EndedRun {
  readonly outcome: 'PUBLISHED' | 'UNCHANGED' | 'FAILED'
  readonly errorCode: string | null
  readonly read: number
  readonly setAside: number
  /** Only what had changed was read. */
  readonly incremental: boolean
  /** Columns of its source differ in a way that the owner was not told of yet. */
  readonly columnsChanged: boolean
  /** The manifest was changed since the owner was told so. */
  readonly remapped: boolean
  /** Its source answers with data that it has not renewed, in so many runs in a row, since the first of them. */
  readonly outdated: { readonly runs: number; readonly forMs: number } | undefined
  /** Runs that failed in a row, with this one. */
  readonly failures: number
  /** Since the first of them. */
  readonly failingForMs: number
}

export interface Meaning {
  /** What the owner is to be told. */
  readonly causes: readonly NoticeCause[]
  /** What is settled by it. */
  readonly settled: readonly NoticeCause[]
}

/** A source that does not answer mostly answers again by itself: its owner is told when it has not for so long and so often. */
const patience = { runs: 3, milliseconds: 10 * 60_000 }

function lasts(runs: number, milliseconds: number): boolean {
  return runs >= patience.runs && milliseconds >= patience.milliseconds
}

/** What a success settles by itself. Whether changed columns matter is for the owner to say. */
const failures = noticeCauses.filter(
  (cause) => !['ROWS_SET_ASIDE', 'COLUMNS_CHANGED', 'SOURCE_OUTDATED'].includes(cause),
)

/** Whether the owner has something to do, and what is done. */
export function meaningOf(run: EndedRun): Meaning {
  if (run.outcome === 'FAILED') {
    const cause = causeOf(run)
    return { causes: cause === undefined ? [] : [cause], settled: [] }
  }
  const causes: NoticeCause[] = []
  const settled: NoticeCause[] = [...failures]
  if (run.setAside > 0) causes.push('ROWS_SET_ASIDE')
  // A source that was not read anew, or not all of it, has the same wrong rows as before.
  else if (run.read > 0 && !run.incremental) settled.push('ROWS_SET_ASIDE')
  if (run.outdated === undefined) settled.push('SOURCE_OUTDATED')
  else if (lasts(run.outdated.runs, run.outdated.forMs)) causes.push('SOURCE_OUTDATED')
  if (run.columnsChanged) causes.push('COLUMNS_CHANGED')
  else if (run.remapped) settled.push('COLUMNS_CHANGED')
  return { causes, settled }
}

function causeOf({ errorCode, failures: inARow, failingForMs }: EndedRun): NoticeCause | undefined {
  switch (errorCode) {
    case 'MISSING_COLUMNS':
      return 'SCHEMA_DRIFT'
    case 'NOT_FOUND':
      return 'SOURCE_VANISHED'
    case 'TOO_MANY_SET_ASIDE':
    case 'ROWS_DROPPED':
    case 'ROWS_GREW':
    case 'NO_ROWS':
      return 'HELD_BY_GUARD'
    case 'PERSONAL_DATA':
      return 'PERSONAL_DATA'
    // Ours, not the owner's.
    case 'INTERRUPTED':
    case 'INTERNAL':
    case 'STORAGE_FULL':
    case null:
      return undefined
    default: {
      const passes = isFault(errorCode) && sourceFaults[errorCode].retry
      return !passes || lasts(inARow, failingForMs) ? 'RUN_FAILED' : undefined
    }
  }
}

function isFault(code: string): code is SourceFaultCode {
  return Object.hasOwn(sourceFaults, code)
}
