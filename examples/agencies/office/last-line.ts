/** CSV lines with one more that starts with a total or note and is as wide as the others. */
export function withLastLine(lines: readonly (readonly string[])[], ...cells: readonly string[]): string[][] {
  const width = lines[0]?.length ?? cells.length
  return [...lines.map((line) => [...line]), [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')]]
}
