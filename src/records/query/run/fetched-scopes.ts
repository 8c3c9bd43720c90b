import type { ResourceInfo } from '../../sources.js'

const mostKept = 10_000

/** Scopes of which something was fetched once. What was fetched stays fetched: a source that fails then is stale. */
export class FetchedScopes {
  private readonly known = new Set<string>()

  has(scope: readonly ResourceInfo[]): boolean {
    return this.known.has(nameOf(scope))
  }

  /** `flags`: for each scope whether anything in it was ever fetched, as a statement answered. */
  learn(scopes: readonly (readonly ResourceInfo[])[], flags: readonly boolean[]): void {
    for (const [index, scope] of scopes.entries()) {
      if (flags[index] === true && this.known.size < mostKept) this.known.add(nameOf(scope))
    }
  }
}

function nameOf(scope: readonly ResourceInfo[]): string {
  const [only] = scope
  return scope.length === 1 && only !== undefined ? String(only.id) : scope.map(({ id }) => id).join()
}
