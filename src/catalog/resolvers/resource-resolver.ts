import 'reflect-metadata'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { Dataset } from '../entities/dataset.js'
import { Resource } from '../entities/resource.js'
import type { Language } from '../enums.js'
import { inLanguage, Lang } from '../language.js'
import { describeRecordType, RecordType } from '../record-types/record-type-objects.js'
import { SourceError, SourceState } from '../source-state.js'

@Resolver(() => Resource)
export class ResourceResolver {
  @FieldResolver(() => RecordType)
  recordType(@Root() { name, recordTypeCode }: Resource, @Ctx() { recordTypes }: ControlContext): RecordType {
    const type = recordTypes.types.get(recordTypeCode)
    if (type === undefined) throw new Error(`The record type of the resource ${name} is not public.`)
    return describeRecordType(type)
  }

  @FieldResolver(() => SourceState)
  async source(@Root() { id, name, datasetId }: Resource, @Ctx() { loaders }: ControlContext): Promise<SourceState> {
    const resources = await loaders.resources.load(datasetId)
    const found = resources.find(({ resource }) => resource.id === id)
    if (found === undefined) throw new Error(`The resource ${name} is gone.`)
    return found.source
  }
}

@Resolver(() => SourceState)
export class SourceStateResolver {
  @FieldResolver(() => Dataset)
  async dataset(@Root() { datasetId }: SourceState, @Ctx() { loaders }: ControlContext): Promise<Dataset> {
    return loaders.dataset.load(datasetId)
  }
}

@Resolver(() => SourceError)
export class SourceErrorResolver {
  @FieldResolver(() => String)
  message(@Root() { vi, en }: SourceError, @Lang() lang: Language | null): string {
    return inLanguage(lang, vi, en)
  }
}
