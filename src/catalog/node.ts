import 'reflect-metadata'
import { Field, ID, InterfaceType } from 'type-graphql'

@InterfaceType({
  description: 'Something with a global id, for clients that cache by it. vi: Đối tượng có mã định danh toàn cục.',
})
export abstract class Node {
  @Field(() => ID, { description: 'Global and opaque. vi: Mã định danh toàn cục.' })
  id: string
}
