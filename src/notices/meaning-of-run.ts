import { sourceFaults, type SourceFaultCode } from '../errors/source-fault.js'

/** Why an owner is told something. One notice is open for a connector and a cause at a time. */
export const noticeCauses = [
  'RUN_FAILED',
  'HELD_BY_GUARD',
  'SCHEMA_DRIFT',
  'SOURCE_VANISHED',
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
  /** Runs that failed in a row, with this one. */
  readonly failures: number
  /** Since the first of them. */
  readonly failingForMs: number
}

export interface Meaning {
  /** What the owner is to be told. */
  readonly cause: NoticeCause | undefined
  /** What is settled by it. */
  readonly settled: readonly NoticeCause[]
}

/** A source that does not answer mostly answers again by itself: its owner is told when it has not for so long and so often. */
const patience = { failures: 3, milliseconds: 10 * 60_000 }

const failures = noticeCauses.filter((cause) => cause !== 'ROWS_SET_ASIDE')

/** Whether the owner has something to do, and what is done. */
export function meaningOf(run: EndedRun): Meaning {
  if (run.outcome === 'FAILED') return { cause: causeOf(run), settled: [] }
  if (run.setAside > 0) return { cause: 'ROWS_SET_ASIDE', settled: failures }
  // A source that was not read anew has the same wrong rows as before.
  return { cause: undefined, settled: run.read > 0 ? noticeCauses : failures }
}

function causeOf({ errorCode, failures: inARow, failingForMs }: EndedRun): NoticeCause | undefined {
  switch (errorCode) {
    case 'MISSING_COLUMNS':
      return 'SCHEMA_DRIFT'
    case 'NOT_FOUND':
      return 'SOURCE_VANISHED'
    case 'TOO_MANY_SET_ASIDE':
    case 'ROWS_DROPPED':
    case 'NO_ROWS':
      return 'HELD_BY_GUARD'
    case 'PERSONAL_DATA':
      return 'PERSONAL_DATA'
    // Ours, not the owner's.
    case 'INTERRUPTED':
    case 'INTERNAL':
    case null:
      return undefined
    default: {
      const passes = isFault(errorCode) && sourceFaults[errorCode].retry
      const lasts = inARow >= patience.failures && failingForMs >= patience.milliseconds
      return !passes || lasts ? 'RUN_FAILED' : undefined
    }
  }
}

function isFault(code: string): code is SourceFaultCode {
  return Object.hasOwn(sourceFaults, code)
}
