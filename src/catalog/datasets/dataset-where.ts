import 'reflect-metadata'
import { Field, InputType } from 'type-graphql'
import { DatasetStatus } from '../enums.js'
import { IntFilter, StringFilter } from '../filters/value-filters.js'

@InputType({ description: 'Conditions on the status, all of which must hold. vi: Điều kiện trên tiến độ.' })
export class DatasetStatusFilter {
  @Field(() => DatasetStatus, { nullable: true })
  eq?: DatasetStatus | null
  @Field(() => DatasetStatus, { nullable: true })
  ne?: DatasetStatus | null;
  @Field(() => [DatasetStatus], { nullable: true })
  in?: DatasetStatus[] | null
  @Field(() => [DatasetStatus], { nullable: true })
  notIn?: DatasetStatus[] | null
}

@InputType({
  description: 'Conditions on a dataset, all of which must hold. vi: Điều kiện trên bộ dữ liệu, tất cả phải đúng.',
})
export class DatasetWhere {
  @Field(() => [DatasetWhere], { nullable: true, description: 'All hold; an empty list always does. vi: Tất cả đúng.' })
  and?: DatasetWhere[] | null
  @Field(() => [DatasetWhere], {
    nullable: true,
    description: 'One of them holds; an empty list never does. vi: Ít nhất một điều kiện đúng.',
  })
  or?: DatasetWhere[] | null
  @Field(() => DatasetWhere, {
    nullable: true,
    description: 'Matches what its operand does not, datasets with missing values too. vi: Phủ định.',
  })
  not?: DatasetWhere | null
  @Field(() => StringFilter, { nullable: true })
  code?: StringFilter | null
  @Field(() => IntFilter, { nullable: true })
  planRow?: IntFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'By the code of its theme. vi: Theo mã chủ đề.' })
  theme?: StringFilter | null
  @Field(() => StringFilter, {
    nullable: true,
    description:
      'By the code of its lead agency; agencies that are only candidates do not match. vi: Theo mã cơ quan chủ trì.',
  })
  agency?: StringFilter | null
  @Field(() => DatasetStatusFilter, { nullable: true })
  status?: DatasetStatusFilter | null
}
