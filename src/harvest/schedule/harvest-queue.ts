import { PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Logger } from '../logger.js'
import type { Connector } from '../registration/connector.js'

const queue = 'harvest'
const jobData = z.object({ connectorId: z.number().int() })

export interface HarvestQueueSettings {
  readonly url: string
  readonly schema: string
  /** Harvests at a time on this replica. */
  readonly concurrency: number
  readonly longestRunMs: number
  readonly run: (connectorId: number) => Promise<void>
  readonly logger: Logger
}

/** The jobs of scheduled harvests: at most one queued or active for a connector, over all replicas. */
export class HarvestQueue {
  readonly #boss: PgBoss
  readonly #settings: HarvestQueueSettings

  constructor(settings: HarvestQueueSettings) {
    this.#settings = settings
    this.#boss = new PgBoss({
      connectionString: settings.url,
      application_name: 'gateway jobs',
      schema: settings.schema,
      max: 3,
      schedule: false,
      // A job whose worker shows no life for 20 s is taken over within these.
      superviseIntervalSeconds: 15,
      monitorIntervalSeconds: 15,
    })
    this.#boss.on('error', (error) => {
      settings.logger.error({ err: error }, 'The job queue reports an error.')
    })
  }

  async start(): Promise<void> {
    const { concurrency, longestRunMs, run } = this.#settings
    await this.#boss.start()
    await this.#boss.createQueue(queue, {
      policy: 'exclusive',
      // A failed run is tried again when it is due, not by the queue.
      retryLimit: 0,
      heartbeatSeconds: 20,
      expireInSeconds: Math.ceil(longestRunMs / 1000) + 60,
      deleteAfterSeconds: 24 * 3600,
    })
    await this.#boss.work(
      queue,
      { localConcurrency: concurrency, pollingIntervalSeconds: 1, groupConcurrency: 2 },
      async (jobs) => {
        for (const job of jobs) await run(jobData.parse(job.data).connectorId)
      },
    )
  }

  /** False: one is queued or active already. */
  async enqueue(connector: Connector): Promise<boolean> {
    const id = await this.#boss.send(
      queue,
      { connectorId: connector.id },
      {
        singletonKey: String(connector.id),
        // No agency holds more than two of a replica's workers.
        group: { id: connector.agencyId === undefined ? `connector ${connector.id}` : `agency ${connector.agencyId}` },
      },
    )
    return id !== null
  }

  /** Waits a moment for active jobs; abort their runs before. */
  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 4_000, close: true })
  }
}
