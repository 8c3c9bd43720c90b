import { rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { actorOf, appendAudit } from '../access/audit/append-audit.js'
import { requireRole, type Viewer } from '../access/viewer.js'
import { fileFormat, isReadable } from '../../connectors/drivers/push/file-format.js'
import { queriesOf } from '../database/queries.js'
import { GatewayError } from '../errors/gateway-error.js'
import type { SourceFault } from '../errors/source-fault.js'
import type { RunResult } from '../harvest/run/run-connector.js'
import { noSuchConnector } from '../registration/own-connector.js'
import type { ReceivedFile } from './receive-file.js'
import { readRunReport, type RunReport } from './run-report.js'
import type { StoredUpload, UploadStore } from './upload-store.js'

export interface UploadParts {
  readonly pool: pg.Pool
  readonly store: UploadStore
  /** Runs the connector over that file. */
  readonly run: (connectorId: number, upload: StoredUpload) => Promise<RunResult>
}

/** A connector that takes uploads from this viewer. */
export interface UploadTarget {
  readonly connectorId: number
  readonly code: string
}

export interface UploadAnswer {
  readonly upload: { readonly id: string; readonly format: string; readonly bytes: number; readonly sha256: string }
  readonly run: RunReport
  /** Why nothing was published; undefined: the upload is what is published now. */
  readonly fault: SourceFault | undefined
}

/** The content is none that a driver could read. */
export class NotUploadable extends Error {
  constructor(format: string) {
    super(
      `The file is ${format === 'empty' ? 'empty' : `of another format (${format})`}: send a workbook (.xlsx), CSV, or rows as JSON or XML.`,
    )
    this.name = 'NotUploadable'
  }
}

/** How long an upload waits for the run before it to end. */
const patienceMs = 60_000
const askAgainMs = 200

/** Takes files of agencies and publishes each as a whole, through the same run as any harvest, or not at all. */
export class Uploads {
  readonly #parts: UploadParts

  constructor(parts: UploadParts) {
    this.#parts = parts
  }

  /** Throws UNAUTHENTICATED, NOT_FOUND, FORBIDDEN, or CONFLICT for a connector that is not fed by uploads. */
  async target(code: string, viewer: Viewer): Promise<UploadTarget> {
    requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
    const { rows } = await this.#parts.pool.query<TargetRow>(
      `select c.id, c.status, a.code as agency,
         exists (select 1 from gateway.resource r where r.connector_id = c.id and r.active and r.mode = 'PUSHED') as pushed
       from gateway.connector c left join gateway.agency a on a.id = c.agency_id where c.code = $1`,
      [code.replaceAll('\0', '')],
    )
    const connector = rows[0]
    if (connector === undefined || (viewer.role === 'AGENCY' && connector.agency !== viewer.agencyCode)) {
      throw noSuchConnector()
    }
    if (connector.status !== 'ACTIVE') {
      throw new GatewayError('CONFLICT', `The connector ${code} is ${connector.status.toLowerCase()}.`)
    }
    if (!connector.pushed) {
      throw new GatewayError(
        'CONFLICT',
        `The connector ${code} reads its source by itself; uploads need refresh: { mode: push }.`,
      )
    }
    return { connectorId: connector.id, code }
  }

  /** Publishes a received file, which this takes over. Throws NotUploadable, or CONFLICT when other runs do not end. */
  async publish(target: UploadTarget, file: ReceivedFile, viewer: Viewer): Promise<UploadAnswer> {
    const { store, pool } = this.#parts
    try {
      const format = await fileFormat(file.path)
      if (!isReadable(format)) throw new NotUploadable(format)
      const by = viewer.keyId === undefined ? viewer.role : `key ${viewer.keyId}`
      const { bytes, sha256 } = file
      const alongside = (client: pg.PoolClient, id: string): Promise<void> =>
        appendAudit(queriesOf(client), actorOf(viewer), {
          action: 'connector.uploaded',
          subject: `connector ${target.code}`,
          details: { upload: id, format, bytes, sha256 },
        })
      const upload = await store.add({ connectorId: target.connectorId, file, format, by, alongside })
      const ended = await this.#run(target, upload)
      return {
        upload: { id: upload.id, format, bytes, sha256 },
        run: await readRunReport(pool, ended.runId),
        fault: ended.outcome === 'FAILED' ? ended.fault : undefined,
      }
    } finally {
      await rm(file.path, { force: true })
    }
  }

  async #run(target: UploadTarget, upload: StoredUpload): Promise<EndedRun> {
    const { store, run } = this.#parts
    let published = false
    try {
      const deadline = performance.now() + patienceMs
      for (;;) {
        const result = await run(target.connectorId, upload)
        if (result.outcome === 'FAILED') return result
        if (result.outcome === 'PUBLISHED' || result.outcome === 'UNCHANGED') {
          published = true
          await store.forgetBefore(target.connectorId, upload)
          return result
        }
        if (performance.now() > deadline) {
          throw new GatewayError('CONFLICT', `Another run of ${target.code} has not ended yet; try again later.`)
        }
        await pause(askAgainMs)
      }
    } finally {
      if (!published) await store.discard(upload)
    }
  }
}

type EndedRun = Exclude<RunResult, { readonly outcome: 'BUSY' | 'NOT_NEEDED' }>

interface TargetRow {
  readonly id: number
  readonly status: string
  readonly agency: string | null
  readonly pushed: boolean
}
