/** The system of an agency, made up, which speaks the protocols that real ones speak. The same at every start. */
export interface SampleAgency {
  /** As in `{sample:education}`. */
  readonly code: string
  readonly title: string
  /** What there is to see, for people. */
  readonly pages: readonly { readonly path: string; readonly title: string }[]
  /** Port 0 takes any free one. The URL has no slash at its end. */
  listen(port: number, host?: string): Promise<RunningAgency>
}

export interface RunningAgency {
  readonly url: string
  close(): Promise<void>
}
