import 'reflect-metadata'
import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Resource } from './entities/resource.js'
import { SourceMode, SourceStatus } from './enums.js'

@ObjectType({ simpleResolvers: true, description: 'Why a source could not be read. vi: Lý do không đọc được nguồn.' })
export class SourceError {
  @Field(() => String, { description: 'Stable, for programs: `TIMEOUT`. vi: Mã lỗi.' })
  code: string

  @Field(() => GraphQLDateTime)
  at: Date

  vi: string
  en: string
}

@ObjectType({
  simpleResolvers: true,
  description: 'Where an answer comes from and how far it can be relied on. vi: Nguồn và độ mới của câu trả lời.',
})
export class SourceState {
  datasetId: number

  @Field(() => ID, { description: 'The name of the resource in its dataset. vi: Tên phần dữ liệu.' })
  resource: string

  @Field(() => SourceStatus)
  state: SourceStatus

  @Field(() => SourceMode)
  mode: SourceMode

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the copy that counts was read. vi: Thời điểm đọc bản sao hiện dùng.',
  })
  fetchedAt: Date | null

  @Field(() => Int, { nullable: true, description: 'Seconds since then. vi: Số giây đã qua.' })
  ageSeconds: number | null

  @Field(() => Int, { nullable: true, description: 'The version of the dataset that it is in. vi: Phiên bản.' })
  version: number | null

  @Field(() => SourceError, { nullable: true, description: 'Of the newest attempt, if it failed. vi: Lỗi gần nhất.' })
  error: SourceError | null
}

/** What the row of a resource says at the time `now` of the database's clock. A success clears the error of the row. */
export function sourceState(resource: Resource, now: Date): SourceState {
  const { datasetId, name, mode, fetchedAt, version } = resource
  const age = fetchedAt === null ? null : Math.max(0, now.getTime() - fetchedAt.getTime())
  return Object.assign(new SourceState(), {
    datasetId,
    resource: name,
    state: statusOf(age, resource),
    mode,
    fetchedAt,
    ageSeconds: age === null ? null : Math.floor(age / 1000),
    version,
    error: errorOf(resource, now),
  })
}

function statusOf(age: number | null, { errorCode, maxAgeMs }: Resource): SourceStatus {
  if (age === null) return errorCode === null ? 'NEVER_FETCHED' : 'FAILED'
  return errorCode !== null || age > maxAgeMs ? 'STALE' : 'FRESH'
}

function errorOf({ errorCode, errorVi, errorEn, errorAt }: Resource, now: Date): SourceError | null {
  if (errorCode === null) return null
  const [vi, en] = [errorVi ?? errorEn ?? errorCode, errorEn ?? errorVi ?? errorCode]
  return Object.assign(new SourceError(), { code: errorCode, at: errorAt ?? now, vi, en })
}
