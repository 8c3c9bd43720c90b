import 'reflect-metadata'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import type { Language } from '../enums.js'
import { inLanguage, Lang } from '../language.js'
import { CodeValue, describeRecordType, RecordField, RecordType } from './record-type-objects.js'

@Resolver(() => RecordType)
export class RecordTypeResolver {
  @Query(() => [RecordType], { description: 'All types of records. vi: Mọi kiểu bản ghi.' })
  recordTypes(@Ctx() { recordTypes }: ControlContext): RecordType[] {
    return [...recordTypes.types.values()].map(describeRecordType)
  }

  @Query(() => RecordType, { nullable: true })
  recordType(@Arg('code', () => ID) code: string, @Ctx() { recordTypes }: ControlContext): RecordType | null {
    const type = recordTypes.types.get(code)
    return type === undefined ? null : describeRecordType(type)
  }

  @FieldResolver(() => String)
  title(@Root() { title }: RecordType, @Lang() lang: Language | null): string {
    return inLanguage(lang, title.vi, title.en)
  }

  @FieldResolver(() => String)
  description(@Root() { description }: RecordType, @Lang() lang: Language | null): string {
    return inLanguage(lang, description.vi, description.en)
  }
}

@Resolver(() => RecordField)
export class RecordFieldResolver {
  @FieldResolver(() => String)
  title(@Root() { title }: RecordField, @Lang() lang: Language | null): string {
    return inLanguage(lang, title.vi, title.en)
  }

  @FieldResolver(() => String, { nullable: true })
  description(@Root() { description }: RecordField, @Lang() lang: Language | null): string | null {
    return description === undefined ? null : inLanguage(lang, description.vi, description.en)
  }
}

@Resolver(() => CodeValue)
export class CodeValueResolver {
  @FieldResolver(() => String)
  label(@Root() { label }: CodeValue, @Lang() lang: Language | null): string {
    return inLanguage(lang, label.vi, label.en)
  }
}
