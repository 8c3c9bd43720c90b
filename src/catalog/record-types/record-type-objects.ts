import 'reflect-metadata'
import { Field, ID, ObjectType } from 'type-graphql'
import type { Bilingual, RecordType as Type, Field as TypeField } from '../../records/schema/record-type.js'
import { graphqlTypeOf } from './graphql-type.js'

@ObjectType({ simpleResolvers: true, description: 'A value of a code list. vi: Một giá trị của danh mục mã.' })
export class CodeValue {
  @Field(() => String, { description: 'The value of the GraphQL enum. vi: Giá trị trong truy vấn.' })
  value: string

  label: Bilingual
}

@ObjectType({ simpleResolvers: true, description: 'A field of the records of a type. vi: Một trường của bản ghi.' })
export class RecordField {
  @Field(() => ID)
  name: string

  @Field(() => String, { description: 'Its GraphQL type: `Int`, `[BusStop!]`. vi: Kiểu GraphQL.' })
  type: string

  @Field(() => String, { nullable: true, description: 'The unit of its numbers: `VND`. vi: Đơn vị.' })
  unit: string | null

  @Field(() => [CodeValue], {
    nullable: true,
    description: 'Of a code list, all its values. vi: Các giá trị của danh mục.',
  })
  values: CodeValue[] | null

  title: Bilingual
  description: Bilingual | undefined
}

@ObjectType({
  simpleResolvers: true,
  description: 'A type of records that datasets of any agency may have, such as `School`. vi: Kiểu bản ghi.',
})
export class RecordType {
  @Field(() => ID, { description: 'The GraphQL type: `School`. vi: Tên kiểu GraphQL.' })
  code: string

  @Field(() => String, { description: 'The field of the root: `schools`. vi: Tên trường ở gốc.' })
  plural: string

  @Field(() => [RecordField])
  fields: RecordField[]

  title: Bilingual
  description: Bilingual
}

/** The public description of a record type. */
export function describeRecordType({ code, plural, title, description, fields }: Type): RecordType {
  return Object.assign(new RecordType(), { code, plural, title, description, fields: fields.map(describeField) })
}

function describeField(field: TypeField): RecordField {
  const { name, unit = null, codeList, title, description } = field
  return Object.assign(new RecordField(), {
    name,
    type: graphqlTypeOf(field),
    unit,
    values: codeList?.values.map(({ value, label }) => Object.assign(new CodeValue(), { value, label })) ?? null,
    title,
    description,
  })
}
