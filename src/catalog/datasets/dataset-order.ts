import 'reflect-metadata'
import { Extensions, Field, InputType } from 'type-graphql'
import { OrderDirection } from '../enums.js'

@Extensions({ oneOf: true })
@InputType({ description: 'One key of an order; several objects are several keys. vi: Một tiêu chí sắp xếp.' })
export class DatasetOrder {
  @Field(() => OrderDirection, { nullable: true })
  code?: OrderDirection | null
  @Field(() => OrderDirection, {
    nullable: true,
    description: 'The Vietnamese title, in Vietnamese order. vi: Tên tiếng Việt, theo thứ tự tiếng Việt.',
  })
  title?: OrderDirection | null
  @Field(() => OrderDirection, { nullable: true })
  planRow?: OrderDirection | null
  @Field(() => OrderDirection, {
    nullable: true,
    description: 'When its newest version was published. vi: Thời điểm công bố phiên bản mới nhất.',
  })
  publishedAt?: OrderDirection | null
  @Field(() => OrderDirection, {
    nullable: true,
    description: 'Needs `search`; DESC is the best match first and then the default. vi: Cần có `search`.',
  })
  relevance?: OrderDirection | null
}
