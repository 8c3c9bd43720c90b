import type { Workload } from '../workloads/workload.js'

interface Answered {
  readonly name: string
  /** Normalised, one a variation. */
  readonly answers: readonly string[]
}

/** Throws with the place of the first difference when one contestant's answer is not that of the first. */
export function sameAnswers(workload: Workload, all: readonly Answered[]): void {
  const [first, ...others] = all
  if (first === undefined) return
  for (const { name, answers } of others) {
    answers.forEach((answer, index) => {
      const expected = first.answers[index] ?? ''
      if (answer === expected) return
      let at = 0
      while (answer[at] === expected[at]) at += 1
      const part = (text: string): string => text.slice(Math.max(0, at - 200), at + 200)
      throw new Error(
        `${workload.name}, variation ${index} (${JSON.stringify(workload.variations[index])}): ${name} differs from ${first.name} at ${at}:\n${part(answer)}\n---\n${part(expected)}`,
      )
    })
  }
  // Empty answers would be the same too.
  for (const [index, answer] of first.answers.entries()) {
    if (/^\{"\w+":\{"nodes":\[\]\}\}$/.test(answer)) throw new Error(`${workload.name}, variation ${index}: no rows.`)
  }
}
