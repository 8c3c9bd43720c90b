import 'reflect-metadata'
import { Field, Int, ObjectType } from 'type-graphql'
import type { Page } from './keyset-pages.js'
import { PageInfo } from './page-info.js'

/** A page of a list that was read, ready for GraphQL. */
export interface PageOf<Node> {
  readonly page: Page
  /** The row with this id; undefined: it is gone since the page was read. */
  readonly node: (id: number) => Node | undefined
  /** Of the whole list; asked only when the total is. */
  readonly count: () => Promise<number>
}

export interface ConnectionObject<Node> {
  nodes(): Node[]
}

/** The classes `XConnection` and `XEdge` for the nodes `X`. Call it once a type. */
export function connectionOf<Node extends object>(name: string, nodeType: new () => Node) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class Edge {
    @Field(() => String)
    cursor: string

    @Field(() => nodeType)
    node: object
  }

  @ObjectType(`${name}Connection`, { description: 'A page of a list. vi: Một trang của danh sách.' })
  class Connection implements ConnectionObject<Node> {
    readonly #edges: readonly { readonly cursor: string; readonly node: Node }[]
    readonly #of: PageOf<Node>

    constructor(of: PageOf<Node>) {
      this.#of = of
      this.#edges = of.page.rows.flatMap(({ id, cursor }) => {
        const node = of.node(id)
        return node === undefined ? [] : [{ cursor, node }]
      })
    }

    @Field(() => [nodeType])
    nodes(): Node[] {
      return this.#edges.map(({ node }) => node)
    }

    @Field(() => [Edge])
    edges(): Edge[] {
      return this.#edges.map((edge) => Object.assign(new Edge(), edge))
    }

    @Field(() => PageInfo)
    pageInfo(): PageInfo {
      return this.#of.page.pageInfo
    }

    @Field(() => Int, { description: 'Of the whole list. vi: Tổng số trong toàn danh sách.' })
    totalCount(): Promise<number> {
      return this.#of.count()
    }
  }
  return Connection
}
