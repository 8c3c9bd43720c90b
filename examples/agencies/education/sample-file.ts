export interface SampleFile {
  /** Below `/files/`. */
  readonly name: string
  readonly title: string
  readonly contentType: string
  readonly modified: Date
  bytes(): Uint8Array
}
