/** Waits for a condition of the world outside, asked again and again; throws when it does not come true in time. */
export async function until<T>(what: string, ask: () => Promise<T | false> | T | false, withinMs = 30_000): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== false) return answer
    if (performance.now() > end) throw new Error(`It did not come about within ${withinMs / 1000} s that ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
