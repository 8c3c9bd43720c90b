import { setTimeout } from 'node:timers/promises'

const longestRestMs = 100

export interface Pace {
  /** A piece is begun. */
  begin(): void
  /** Rests, while others ask, for as long as the piece took: it is Postgres' time too, whose work for files has no lower priority. */
  rest(): Promise<void>
}

export function paceBeside(isBusy: () => boolean, now = (): number => performance.now()): Pace {
  let begun = now()
  return {
    begin() {
      begun = now()
    },
    async rest() {
      if (isBusy()) await setTimeout(Math.min(now() - begun, longestRestMs))
    },
  }
}
