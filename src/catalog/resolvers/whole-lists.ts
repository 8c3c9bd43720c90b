import { IsNull, LessThanOrEqual, MoreThanOrEqual } from 'typeorm'
import type { ControlContext } from '../control-context.js'
import { Agency } from '../entities/agency.js'
import { Theme } from '../entities/theme.js'

export async function allThemes({ manager }: ControlContext): Promise<Theme[]> {
  return manager.find(Theme, { order: { position: 'ASC' } })
}

/** All agencies, or those that exist on a day (a Date at midnight UTC); both ends count, a missing end is open. */
export async function allAgencies({ manager }: ControlContext, validOn: Date | undefined): Promise<Agency[]> {
  const order = { position: 'ASC' } as const
  if (validOn === undefined) return manager.find(Agency, { order })
  const day = validOn.toISOString().slice(0, 10)
  const starts = [{ validFrom: IsNull() }, { validFrom: LessThanOrEqual(day) }]
  const ends = [{ validTo: IsNull() }, { validTo: MoreThanOrEqual(day) }]
  return manager.find(Agency, { where: starts.flatMap((start) => ends.map((end) => ({ ...start, ...end }))), order })
}
