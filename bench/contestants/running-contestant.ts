import { z } from 'zod'
import { prepareRequest } from '../load/http-connection.js'
import { startServer, type ServerProcess } from '../load/server-process.js'
import type { Variables, Workload } from '../workloads/workload.js'
import type { Contestant, Surroundings } from './contestant.js'

export interface CheckedRequests {
  readonly requests: readonly Buffer[]
  readonly lengths: readonly number[]
  /** The normalised answers as JSON. */
  readonly answers: readonly string[]
}

const serverCore = 0

const answerSchema = z.object({ data: z.unknown().optional(), errors: z.array(z.unknown()).optional() })

/** A contestant with its process. */
export class RunningContestant implements AsyncDisposable {
  private readonly cursors = new Map<string, unknown>()

  private constructor(
    readonly contestant: Contestant,
    readonly process: ServerProcess,
  ) {}

  static async start(
    contestant: Contestant,
    surroundings: Surroundings,
    core: number | 'any' = serverCore,
  ): Promise<RunningContestant> {
    const launch = contestant.launch(surroundings)
    const server = await startServer({ name: contestant.name, core, ...launch })
    return new RunningContestant(contestant, server)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process[Symbol.asyncDispose]()
  }

  /** Asks once and forgets the answer: what is looked up is then known. */
  async warmUp(workload: Workload): Promise<void> {
    const [variables = {}] = workload.variations
    await this.ask(this.contestant.body(workload, await this.inItsWords(variables)))
  }

  /** Asks every variation once. */
  async check(workload: Workload): Promise<CheckedRequests> {
    const requests: Buffer[] = []
    const lengths: number[] = []
    const answers: string[] = []
    for (const variables of workload.variations) {
      const body = this.contestant.body(workload, await this.inItsWords(variables))
      const answer = await this.ask(body)
      requests.push(prepareRequest(this.process.port, body))
      lengths.push(answer.length)
      answers.push(JSON.stringify(this.contestant.normalise(workload, answer.data)))
    }
    return { requests, lengths, answers }
  }

  forgetBeds(): void {
    if (this.contestant.keepsBeds) process.kill(this.process.pid, 'SIGUSR2')
  }

  private async inItsWords(variables: Variables): Promise<Variables> {
    const { after } = variables
    if (typeof after !== 'string') return variables
    if (!this.cursors.has(after)) {
      const question = this.contestant.cursor(after)
      this.cursors.set(after, question.in((await this.ask(question.body)).data))
    }
    return { ...variables, after: this.cursors.get(after) }
  }

  private async ask(body: string): Promise<{ readonly data: unknown; readonly length: number }> {
    const response = await fetch(`http://127.0.0.1:${this.process.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
    })
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${this.contestant.name}: ${response.status} ${text.slice(0, 600)}`)
    const { data, errors } = answerSchema.parse(JSON.parse(text))
    if (errors !== undefined) throw new Error(`${this.contestant.name}: ${JSON.stringify(errors).slice(0, 600)}`)
    return { data, length: Buffer.byteLength(text) }
  }
}
