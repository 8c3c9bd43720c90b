import 'reflect-metadata'
import { Args, Ctx, Field, FieldResolver, Float, ObjectType, Resolver, Root } from 'type-graphql'
import type { Language } from '../../catalog/enums.js'
import { inLanguage, Lang } from '../../catalog/language.js'
import type { ConnectionObject } from '../../catalog/paging/connection.js'
import { checkCursors } from '../../catalog/paging/keyset-pages.js'
import { PageArgs, sliceOf } from '../../catalog/paging/page-args.js'
import { runNotesSchema } from '../../harvest/run/run-notes.js'
import { ConnectorRun } from '../entities/connector-run.js'
import { SetAsideRow } from '../entities/set-aside-row.js'
import { RunNoteKind } from '../enums.js'
import type { RegistrationContext } from '../registration.js'
import { setAsideList } from '../run-pages.js'
import { SetAsideRowConnection } from './connections.js'

@ObjectType({ simpleResolvers: true, description: 'Why a run failed. vi: Lý do lần thu thập thất bại.' })
export class RunError {
  @Field(() => String, { description: 'Stable, for programs: `TIMEOUT`. vi: Mã lỗi.' })
  code: string

  vi: string
  en: string
}

@Resolver(() => RunError)
export class RunErrorFields {
  @FieldResolver(() => String)
  message(@Root() { vi, en }: RunError, @Lang() lang: Language | null): string {
    return inLanguage(lang, vi, en)
  }
}

@ObjectType({
  simpleResolvers: true,
  description: 'How a source differs from what the last good run saw. vi: Thay đổi ở nguồn so với lần trước.',
})
export class RunNote {
  @Field(() => RunNoteKind)
  kind: RunNoteKind

  @Field(() => String, { description: 'The resource of the connector. vi: Phần dữ liệu.' })
  resource: string

  @Field(() => [String], { description: 'As the source names them, at most 50. vi: Các cột, tối đa 50.' })
  columns: string[]

  vi: string
  en: string
}

@Resolver(() => RunNote)
export class RunNoteFields {
  @FieldResolver(() => String)
  message(@Root() { vi, en }: RunNote, @Lang() lang: Language | null): string {
    return inLanguage(lang, vi, en)
  }
}

@Resolver(() => ConnectorRun)
export class RunFields {
  @FieldResolver(() => [RunNote], {
    description: 'What there is to know of the source, although the run went its way. vi: Ghi chú về nguồn dữ liệu.',
  })
  notes(@Root() { notes }: ConnectorRun): RunNote[] {
    return runNotesSchema
      .parse(notes)
      .map(({ code, resource, columns, vi, en }) =>
        Object.assign(new RunNote(), { kind: code, resource, columns, vi, en }),
      )
  }

  @FieldResolver(() => RunError, { nullable: true })
  error(@Root() { errorCode, errorVi, errorEn }: ConnectorRun): RunError | null {
    if (errorCode === null) return null
    const [vi, en] = [errorVi ?? errorEn ?? errorCode, errorEn ?? errorVi ?? errorCode]
    return Object.assign(new RunError(), { code: errorCode, vi, en })
  }

  @FieldResolver(() => Float, { description: 'As they came over the wire. vi: Số byte đã nhận.' })
  bytes(@Root() { bytes }: ConnectorRun): number {
    return Number(bytes)
  }

  @FieldResolver(() => Float, { description: 'Until now, when it is under way. vi: Thời gian chạy (giây).' })
  durationSeconds(@Root() { startedAt, finishedAt }: ConnectorRun): number {
    return Math.max(0, ((finishedAt ?? new Date()).getTime() - startedAt.getTime()) / 1000)
  }

  @FieldResolver(() => SetAsideRowConnection, {
    nullable: true,
    description: 'A row with two wrong values is there twice. vi: Các dòng bị để riêng và lý do.',
  })
  async setAsideRows(
    @Root() { id: runId }: ConnectorRun,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() { runLoaders }: RegistrationContext,
  ): Promise<ConnectionObject<SetAsideRow>> {
    const slice = sliceOf(args)
    checkCursors(setAsideList([runId]), slice)
    const page = await runLoaders.setAsidePage.load({ runId, slice })
    const rows = await Promise.all(page.rows.map(({ id }) => runLoaders.setAsideRow.load(String(id))))
    const byId = new Map(rows.flatMap((row) => (row === null ? [] : [[Number(row.id), row] as const])))
    return new SetAsideRowConnection({
      page,
      node: (id) => byId.get(id),
      count: () => runLoaders.setAsideTotal.load(runId),
    })
  }
}

@Resolver(() => SetAsideRow)
export class SetAsideRowFields {
  @FieldResolver(() => String, { description: 'What is wrong with it. vi: Lý do.' })
  reason(@Root() { reasonVi, reasonEn }: SetAsideRow, @Lang() lang: Language | null): string {
    return inLanguage(lang, reasonVi, reasonEn)
  }
}
