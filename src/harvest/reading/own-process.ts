import { Downloads } from '../../connectors/outbound/downloads.js'
import { SourceReader, type SourceReaderSettings } from '../read/source-reader.js'
import type { ReadTask } from '../run/checked-row.js'
import { stageResource, type Staged } from '../run/stage-resource.js'
import type { Reading, Readings } from './reading.js'

/** Reads in this process, where there is no program for another one: the sources run as they are. */
export class OwnProcessReadings implements Readings {
  readonly #settings: SourceReaderSettings

  constructor(settings: SourceReaderSettings) {
    this.#settings = settings
  }

  open(): Promise<Reading> {
    return Promise.resolve(new OwnProcessReading(this.#settings))
  }
}

export class OwnProcessReading implements Reading {
  readonly #settings: SourceReaderSettings
  readonly #downloads: Downloads
  readonly #reader: SourceReader

  /** `folder`: where downloads go; the system's folder for temporary files by default. */
  constructor(settings: SourceReaderSettings, folder?: string) {
    this.#settings = settings
    this.#downloads = new Downloads(folder)
    this.#reader = new SourceReader({ ...settings, downloads: this.#downloads })
  }

  async stage(task: ReadTask, table: string, signal: AbortSignal): Promise<Staged> {
    return await stageResource(this.#settings.pool, this.#reader, task, table, signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#downloads[Symbol.asyncDispose]()
  }
}
