import 'reflect-metadata'
import { ArgsType, Field, Int } from 'type-graphql'
import { GatewayError } from '../../errors/gateway-error.js'

const defaultPageSize = 20
export const maximumPageSize = 1000

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `So many from the start, at most ${maximumPageSize}; ${defaultPageSize} when neither first nor last is given. vi: Số mục từ đầu.`,
  })
  first?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `So many from the end, at most ${maximumPageSize}. vi: Số mục từ cuối.`,
  })
  last?: number | null

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor. vi: Sau con trỏ này.' })
  after?: string | null

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor. vi: Trước con trỏ này.' })
  before?: string | null
}

/** Which part of an ordered whole is asked for. */
export interface Slice {
  readonly size: number
  /** Counted from the end. */
  readonly fromEnd: boolean
  readonly after: string | undefined
  readonly before: string | undefined
}

/** Throws BAD_USER_INPUT for sizes that are not served. */
export function sliceOf({ first, last, after, before }: PageArgs): Slice {
  const [start, end] = [first ?? undefined, last ?? undefined]
  if (start !== undefined && end !== undefined) {
    throw new GatewayError('BAD_USER_INPUT', 'Give first or last, not both.')
  }
  const size = start ?? end ?? defaultPageSize
  const name = end === undefined ? 'first' : 'last'
  if (size < 0) throw new GatewayError('BAD_USER_INPUT', `${name} must not be negative.`)
  if (size > maximumPageSize) {
    throw new GatewayError('BAD_USER_INPUT', `${name} must be at most ${maximumPageSize}; page on with a cursor.`)
  }
  return { size, fromEnd: end !== undefined, after: after ?? undefined, before: before ?? undefined }
}
