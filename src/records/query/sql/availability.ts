import type { ResourceInfo } from '../../sources.js'
import type { Emission } from './emission.js'

/** Scopes of connections, each asked once in a statement whether anything in it was ever fetched. */
export class Availability {
  readonly scopes: (readonly ResourceInfo[])[] = []

  /** An expression that is true when the scope has an answer to give. */
  of(scope: readonly ResourceInfo[]): string {
    const same = this.scopes.findIndex(
      (known) => known.length === scope.length && known.every((resource, index) => resource.id === scope[index]?.id),
    )
    const index = same === -1 ? this.scopes.push(scope) - 1 : same
    return `(select c${index} from fetched)`
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
