/** A service's own way to refuse a query: its status and the body that says why. */
export class RefusedQuery extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`The query is refused with status ${status}.`)
    this.name = 'RefusedQuery'
  }
}
