import 'reflect-metadata'
import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../catalog/control-context.js'
import { Resource } from '../catalog/entities/resource.js'
import { downloadFormats, downloadPath, formatNames } from './formats.js'

@ObjectType({ simpleResolvers: true, description: 'A file with all records of a resource. vi: Tệp để tải về.' })
export class Download {
  @Field(() => String, { description: '`csv`, `json`, `ndjson`, `xml`, `xlsx`, `geojson`. vi: Định dạng.' })
  format: string

  @Field(() => String, {
    description:
      'From the root of this server; takes `where`, `search`, `near`, `orderBy`, `asOf`, `fields` and `labels`. vi: Đường dẫn tải về.',
  })
  url: string

  @Field(() => String, { description: 'As in Content-Type. vi: Kiểu nội dung.' })
  mediaType: string
}

/** The field `downloads` of a resource. */
@Resolver(() => Resource)
export class DownloadResolver {
  @FieldResolver(() => [Download], {
    description: 'Its records as files, in every format. vi: Các tệp để tải về.',
  })
  async downloads(@Root() { name, datasetId }: Resource, @Ctx() { loaders }: ControlContext): Promise<Download[]> {
    const { code } = await loaders.dataset.load(datasetId)
    return formatNames.map((format) =>
      Object.assign(new Download(), {
        format,
        url: downloadPath(code, name, format),
        mediaType: downloadFormats[format].mediaType,
      }),
    )
  }
}
