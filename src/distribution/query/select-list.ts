/** The select list of a COPY: what is asked for twice is selected once. */
export class SelectList {
  private readonly cells = new Map<string, number>()

  /** The number of the cell with this value. */
  cell(expression: string): number {
    const known = this.cells.get(expression)
    if (known !== undefined) return known
    const number = this.cells.size
    this.cells.set(expression, number)
    return number
  }

  get size(): number {
    return this.cells.size
  }

  get sql(): string {
    return [...this.cells.keys()].join(', ')
  }
}
