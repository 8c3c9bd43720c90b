import 'reflect-metadata'
import { GraphQLJSON } from 'graphql-scalars'
import { Field, Float, ID, Int, ObjectType } from 'type-graphql'

@ObjectType({
  simpleResolvers: true,
  description: 'Why a source cannot be read or published. vi: Lý do không đọc hoặc không công bố được.',
})
export class ProbeFault {
  @Field(() => String)
  code: string

  @Field(() => String)
  vi: string

  @Field(() => String)
  en: string

  @Field(() => Boolean, { description: 'Trying again may help. vi: Thử lại có thể được.' })
  retry: boolean
}

@ObjectType({ simpleResolvers: true, description: 'A remark on a column or the whole. vi: Ghi chú.' })
export class ProbeNote {
  @Field(() => String, { nullable: true })
  column: string | null

  @Field(() => String)
  vi: string

  @Field(() => String)
  en: string
}

@ObjectType({
  simpleResolvers: true,
  description: 'A column of the source and what its values seem to be. vi: Cột của nguồn.',
})
export class ProbeColumn {
  @Field(() => String)
  name: string

  @Field(() => String, { description: 'Inferred; texts with a leading zero stay text. vi: Kiểu suy ra.' })
  kind: string

  @Field(() => Boolean)
  list: boolean

  @Field(() => GraphQLJSON, { description: 'The converters that its values need. vi: Bộ chuyển đổi.' })
  convert: unknown

  @Field(() => Int)
  filled: number

  @Field(() => Int)
  empty: number

  @Field(() => Boolean)
  isUnique: boolean

  @Field(() => [String])
  samples: readonly string[]

  @Field(() => String, { nullable: true, description: 'Suspected personal data. vi: Nghi là dữ liệu cá nhân.' })
  personal: string | null
}

@ObjectType({ simpleResolvers: true, description: 'A sheet, list or file of the source. vi: Một phần của nguồn.' })
export class ProbeResource {
  @Field(() => String)
  name: string

  @Field(() => GraphQLJSON)
  selection: unknown

  @Field(() => [ProbeColumn])
  columns: readonly ProbeColumn[]
}

@ObjectType({
  simpleResolvers: true,
  description: 'An existing record type that the columns resemble. vi: Kiểu bản ghi tương tự.',
})
export class ProbeCandidate {
  @Field(() => ID)
  recordType: string

  @Field(() => Float, { description: '0 to 1. vi: Mức giống, 0 đến 1.' })
  score: number

  @Field(() => GraphQLJSON, { description: 'Column by field. vi: Cột theo trường.' })
  columns: unknown

  @Field(() => [String], { description: 'Required fields without a column. vi: Trường bắt buộc chưa có cột.' })
  missing: readonly string[]
}

@ObjectType({ simpleResolvers: true, description: 'What is wrong with a row. vi: Lỗi của một dòng.' })
export class ProbeProblem {
  @Field(() => String)
  resource: string

  @Field(() => String, { nullable: true })
  part: string | null

  @Field(() => Int)
  row: number

  @Field(() => String, { nullable: true })
  field: string | null

  @Field(() => String, { nullable: true, description: 'Hidden when it may be of a person. vi: Giá trị.' })
  value: string | null

  @Field(() => String)
  vi: string

  @Field(() => String)
  en: string
}

@ObjectType({
  simpleResolvers: true,
  description: 'A column that seems to hold personal data. vi: Cột nghi có dữ liệu cá nhân.',
})
export class ProbePersonalColumn {
  @Field(() => String)
  column: string

  @Field(() => String, { nullable: true })
  field: string | null

  @Field(() => String)
  kind: string

  @Field(() => Boolean, { description: 'A run would be refused for it. vi: Sẽ bị từ chối công bố.' })
  refuses: boolean
}

@ObjectType({ simpleResolvers: true, description: 'A record as it would be published. vi: Bản ghi thử.' })
export class ProbeRecord {
  @Field(() => Int)
  row: number

  @Field(() => ID)
  key: string

  @Field(() => GraphQLJSON)
  values: unknown
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What a source is and what would be published of it; nothing was stored. vi: Kết quả thử nguồn; không lưu gì.',
})
export class ProbeReport {
  @Field(() => Boolean, { description: 'A run over the manifest would publish. vi: Có thể công bố.' })
  publishable: boolean

  @Field(() => ProbeFault, { nullable: true })
  fault: ProbeFault | null

  @Field(() => String, { nullable: true })
  driver: string | null

  @Field(() => [ProbeResource])
  resources: readonly ProbeResource[]

  @Field(() => [ProbeCandidate])
  candidates: readonly ProbeCandidate[]

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      'A record type to propose first (proposeRecordType); null: an existing one fits. vi: Kiểu bản ghi cần đề xuất trước.',
  })
  newRecordType: unknown

  @Field(() => GraphQLJSON, { nullable: true, description: 'Complete, for registerConnector. vi: Bản khai đầy đủ.' })
  manifest: unknown

  @Field(() => String, { nullable: true, description: 'The same manifest as a file. vi: Bản khai dạng YAML.' })
  manifestYaml: string | null

  @Field(() => Int, { description: 'Rows tried. vi: Số dòng đã thử.' })
  read: number

  @Field(() => Int, { description: 'Rows of these that do not fit. vi: Số dòng không hợp lệ.' })
  setAside: number

  @Field(() => Boolean, { description: 'The source has more rows than were tried. vi: Mới thử một phần.' })
  partly: boolean

  @Field(() => [ProbeRecord])
  records: readonly ProbeRecord[]

  @Field(() => [ProbeProblem])
  problems: readonly ProbeProblem[]

  @Field(() => Int)
  moreProblems: number

  @Field(() => [ProbePersonalColumn])
  personalData: readonly ProbePersonalColumn[]

  @Field(() => [ProbeNote])
  notes: readonly ProbeNote[]
}
