import 'reflect-metadata'
import { ArgsType, Field, ObjectType } from 'type-graphql'
import { Dataset } from '../entities/dataset.js'
import type { ListQuestion } from '../loaders/list-batch.js'
import { PageArgs, type Slice } from '../paging/page-args.js'
import type { DatasetQuestion } from './dataset-list.js'
import { DatasetOrder } from './dataset-order.js'
import { DatasetWhere } from './dataset-where.js'

@ArgsType()
export class DatasetsArgs extends PageArgs {
  @Field(() => DatasetWhere, { nullable: true })
  where?: DatasetWhere | null

  @Field(() => String, {
    nullable: true,
    description:
      'Words that must all occur in a title, the code or a description, without regard to case and diacritics. ' +
      'vi: Các từ cần tìm, không phân biệt hoa thường và dấu.',
  })
  search?: string | null

  @Field(() => [DatasetOrder], {
    nullable: true,
    description: 'By relevance in a search and else by the row of the plan, unless given. vi: Thứ tự sắp xếp.',
  })
  orderBy?: DatasetOrder[] | null
}

@ObjectType({ simpleResolvers: true })
export class DatasetEdge {
  @Field(() => String)
  cursor: string

  @Field(() => Dataset)
  node: Dataset
}

/** A page is read when its rows are asked for, and counted when its total is. */
@ObjectType({ description: 'A page of datasets. vi: Một trang các bộ dữ liệu.' })
export class DatasetConnection {
  constructor(
    readonly list: ListQuestion<DatasetQuestion>,
    readonly slice: Slice,
  ) {}
}
