/** A whole file of a resource: all its records, made with no parameters. */
export interface WholeFile {
  /** Its path below the root of the gateway. */
  readonly path: string
  /** Which state of the resource it holds. */
  readonly version: number | undefined
}

/**
 * How long the whole files of resources are, as far as this process has made them: what people are shown before they load
 * one. A file of another version is not the same file, and its length is forgotten.
 */
export class FileSizes {
  private readonly sizes = new Map<string, { readonly version: number | undefined; readonly bytes: number }>()

  constructor(private readonly most = 10_000) {}

  /** In bytes, without compression; undefined: not made yet. */
  of({ path, version }: WholeFile): number | undefined {
    const known = this.sizes.get(path)
    return known?.version === version ? known?.bytes : undefined
  }

  learn({ path, version }: WholeFile, bytes: number): void {
    this.sizes.delete(path)
    this.sizes.set(path, { version, bytes })
    const oldest = this.sizes.keys().next()
    if (this.sizes.size > this.most && oldest.done !== true) this.sizes.delete(oldest.value)
  }
}
