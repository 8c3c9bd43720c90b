import type { ResourceInfo } from '../../sources.js'
import type { Emission } from './emission.js'

export type IsFetched = (scope: readonly ResourceInfo[]) => boolean

/** Scopes of connections, each asked once in a statement whether anything in it was ever fetched. */
export class Availability {
  readonly scopes: (readonly ResourceInfo[])[] = []

  /** `isFetched`: what is known without asking. */
  constructor(private readonly isFetched: IsFetched = () => false) {}

  /** The expression where the scope has an answer to give, else NULL. */
  when(scope: readonly ResourceInfo[], expression: string): string {
    if (this.isFetched(scope)) return `(${expression})`
    const same = this.scopes.findIndex(
      (known) => known.length === scope.length && known.every((resource, index) => resource.id === scope[index]?.id),
    )
    const index = same === -1 ? this.scopes.push(scope) - 1 : same
    return `(case when (select c${index} from fetched) then (${expression}) end)`
  }

  /** The select list of `fetched`. */
  flags(emission: Emission): string[] {
    return this.scopes.map((scope, index) => {
      const ids = emission.value(
        scope.map((resource) => resource.id),
        'int[]',
      )
      return `exists (select 1 from gateway.resource where id = any(${ids}) and fetched_at is not null) as c${index}`
    })
  }
}
