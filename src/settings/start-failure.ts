/** Why the gateway cannot start, in one sentence for the operator: it is printed without a stack and the process ends with 1. */
export class StartFailure extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StartFailure'
  }
}
