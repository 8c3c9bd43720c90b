import 'reflect-metadata'
import { Ctx, Field, FieldResolver, Float, ObjectType, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../catalog/control-context.js'
import { Resource } from '../catalog/entities/resource.js'
import { downloadFormats, downloadPath, formatNames } from './formats.js'
import type { FileSizes } from './serve/file-sizes.js'

/** What the resolver finds in its context beside the control plane's own. */
export interface DownloadContext extends ControlContext {
  readonly fileSizes: FileSizes
}

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

  @Field(() => Float, {
    nullable: true,
    description:
      'Its size without compression; null while nobody has loaded this version from this server. vi: Kích thước tệp, tính bằng byte.',
  })
  bytes: number | null
}

/** The field `downloads` of a resource. */
@Resolver(() => Resource)
export class DownloadResolver {
  @FieldResolver(() => [Download], {
    description: 'Its records as files, in every format. vi: Các tệp để tải về.',
  })
  async downloads(
    @Root() { name, datasetId, version }: Resource,
    @Ctx() { loaders, fileSizes }: DownloadContext,
  ): Promise<Download[]> {
    const { code } = await loaders.dataset.load(datasetId)
    return formatNames.map((format) => {
      const path = downloadPath(code, name, format)
      const bytes = fileSizes.of({ path, version: version ?? undefined })
      return Object.assign(new Download(), {
        format,
        url: path,
        mediaType: downloadFormats[format].mediaType,
        bytes: bytes ?? null,
      })
    })
  }
}
