import type { Readable } from 'node:stream'
import type { Reader } from '../describe/dataset-facts.js'
import type { ByteRange } from './byte-range.js'
import type { ContentCoding } from './content-coding.js'
import type { FileRecipe } from './file-recipe.js'

/** Where files are made: here, or in a thread of their own. */
export interface DownloadSnapshots {
  /** Opens one state of the database. Close it. */
  open(): Promise<DownloadSnapshot>
  dispose(): Promise<void>
}

/** One state of the database, for the facts and the rows of one download. */
export interface DownloadSnapshot extends Reader {
  /** Settles when the first row is there, or that there is none: until then a statement can turn out to be wrong. */
  send(recipe: FileRecipe, delivery: Delivery): Promise<SentFile>
  /** How many bytes the file has. */
  measure(recipe: FileRecipe): Promise<number>
  /** Ends what still runs, for that reason. */
  close(reason?: Error): Promise<void>
}

/** What of a file is sent, and how: a range is of the bytes as they are. */
export interface Delivery {
  readonly range: ByteRange | undefined
  readonly coding: ContentCoding | undefined
}

export interface SentFile {
  /** It ends only when all was sent; what fails in between destroys it. */
  readonly stream: Readable
  /** How many bytes the whole file has without compression, once the stream of it has ended. */
  length(): number
}
