import type { Measured } from '../load/measure.js'

export interface Line {
  readonly title: string
  readonly rounds: readonly Measured[]
}

/** One workload as a Markdown table: medians of the rounds, ratios to the first line. */
export function workloadTable(title: string, lines: readonly Line[]): string {
  const medians = lines.map((line) => ({ title: line.title, ...medianOf(line.rounds) }))
  const [limit] = medians
  const rows = medians.map((line) => [
    line.title,
    line.rate.toFixed(line.rate < 100 ? 1 : 0),
    limit === undefined ? '' : (line.rate / limit.rate).toFixed(2),
    line.p50.toFixed(1),
    line.p99.toFixed(1),
    line.serverCpu.toFixed(0),
    line.postgresCpu.toFixed(0),
    limit === undefined
      ? ''
      : `${((line.serverCpu + line.postgresCpu) / (limit.serverCpu + limit.postgresCpu)).toFixed(2)}×`,
    line.peakMemory.toFixed(0),
    line.errors === 0 ? '0' : `${line.errors} (${line.firstError ?? ''})`,
  ])
  const head = [
    '',
    'requests/s',
    'ratio',
    'p50 ms',
    'p99 ms',
    'server µs',
    'Postgres µs',
    'CPU ratio',
    'RSS MB',
    'errors',
  ]
  return [`### ${title}`, '', markdown([head, ...rows]), ''].join('\n')
}

export function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function medianOf(rounds: readonly Measured[]): Measured {
  const of = (value: (round: Measured) => number): number => median(rounds.map(value))
  return {
    rate: of((round) => round.rate),
    p50: of((round) => round.p50),
    p99: of((round) => round.p99),
    serverCpu: of((round) => round.serverCpu),
    postgresCpu: of((round) => round.postgresCpu),
    peakMemory: Math.max(...rounds.map((round) => round.peakMemory)),
    errors: rounds.reduce((sum, round) => sum + round.errors, 0),
    firstError: rounds.find((round) => round.firstError !== undefined)?.firstError,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
