import 'reflect-metadata'
import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql'
import type { ControlContext } from '../control-context.js'
import { decodeNodeId, encodeNodeId, nodeKinds } from '../node-id.js'
import { Node } from '../node.js'

@Resolver(() => Node)
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'What has this global id. vi: Đối tượng có mã định danh này.' })
  async node(@Arg('id', () => ID) id: string, @Ctx() { loaders }: ControlContext): Promise<object | null> {
    const reference = decodeNodeId(id)
    switch (reference?.kind) {
      case 'Theme':
        return loaders.themeByCode.load(reference.code)
      case 'Agency':
        return loaders.agencyByCode.load(reference.code)
      case 'Dataset':
        return loaders.datasetByCode.load(reference.code)
      case undefined:
        return null
    }
  }

  @FieldResolver(() => ID)
  id(@Root() { code }: { readonly code: string }, @Info() { parentType }: GraphQLResolveInfo): string {
    const kind = nodeKinds.find((name) => name === parentType.name)
    if (kind === undefined) throw new Error(`${parentType.name} has no ids of the control plane.`)
    return encodeNodeId(kind, code)
  }
}
