import 'reflect-metadata'
import { Field, InputType, Int } from 'type-graphql'

/** The operands of a filter; an absent one and a null one are both left out. */
type Operand<T> = T | null | undefined

@InputType({
  description:
    'Conditions on a text, all of which must hold. A comparison with a missing value matches nothing. ' +
    'vi: Điều kiện trên văn bản, tất cả phải đúng.',
})
export class StringFilter {
  @Field(() => String, { nullable: true })
  eq?: Operand<string>
  @Field(() => String, { nullable: true })
  ne?: Operand<string>;
  @Field(() => [String], { nullable: true })
  in?: Operand<string[]>
  @Field(() => [String], { nullable: true })
  notIn?: Operand<string[]>
  @Field(() => String, { nullable: true })
  lt?: Operand<string>
  @Field(() => String, { nullable: true })
  lte?: Operand<string>
  @Field(() => String, { nullable: true })
  gt?: Operand<string>
  @Field(() => String, { nullable: true })
  gte?: Operand<string>
  @Field(() => String, {
    nullable: true,
    description:
      'Without regard to case and, if the operand has none, to Vietnamese diacritics: `da` finds `Đá`. ' +
      'vi: Không phân biệt hoa thường; không dấu thì tìm cả có dấu.',
  })
  contains?: Operand<string>
  @Field(() => String, { nullable: true, description: 'Compares as `contains` does. vi: So sánh như `contains`.' })
  startsWith?: Operand<string>
  @Field(() => Boolean, { nullable: true })
  isNull?: Operand<boolean>
}

@InputType({
  description:
    'Conditions on a whole number, all of which must hold. A comparison with a missing value matches nothing. ' +
    'vi: Điều kiện trên số nguyên, tất cả phải đúng.',
})
export class IntFilter {
  @Field(() => Int, { nullable: true })
  eq?: Operand<number>
  @Field(() => Int, { nullable: true })
  ne?: Operand<number>;
  @Field(() => [Int], { nullable: true })
  in?: Operand<number[]>
  @Field(() => [Int], { nullable: true })
  notIn?: Operand<number[]>
  @Field(() => Int, { nullable: true })
  lt?: Operand<number>
  @Field(() => Int, { nullable: true })
  lte?: Operand<number>
  @Field(() => Int, { nullable: true })
  gt?: Operand<number>
  @Field(() => Int, { nullable: true })
  gte?: Operand<number>
  @Field(() => Boolean, { nullable: true })
  isNull?: Operand<boolean>
}
