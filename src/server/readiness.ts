/** Whether requests should be sent here, and why not. */
export interface Readiness {
  check(): Promise<{ readonly ready: true } | { readonly ready: false; readonly reason: string }>
}

/** Not ready while starting and stopping, nor while `probe` (of the database) fails or takes longer than a second. */
export class GatewayReadiness implements Readiness {
  private state: string | undefined = 'The gateway is starting.'

  constructor(private readonly probe: () => Promise<unknown>) {}

  /** What is being done; undefined: all that a start does is done. */
  set(state: string | undefined): void {
    this.state = state
  }

  async check(): Promise<{ ready: true } | { ready: false; reason: string }> {
    if (this.state !== undefined) return { ready: false, reason: this.state }
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error('late'))
      }, 1000)
    })
    try {
      await Promise.race([this.probe(), late])
      return { ready: true }
    } catch {
      // What exactly is wrong with it is in the log of those who use it; here it would tell strangers of the inside.
      return { ready: false, reason: 'The database does not answer.' }
    } finally {
      clearTimeout(timer)
    }
  }
}
