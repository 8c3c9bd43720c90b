import { Socket } from 'node:net'
import { RowFrames } from './row-frames.js'

/** Authentication, an error. */
const firstMessages: ReadonlySet<number | undefined> = new Set(['R'.charCodeAt(0), 'E'.charCodeAt(0)])

/**
 * A connection to Postgres that hands the rows of a statement over as the bytes that they are. The driver would make text of
 * them, and of that bytes again. Over TLS it takes nothing out: the rows then come to the driver.
 */
export class RowSocket extends Socket {
  readonly frames = new RowFrames()
  private begun = false
  private follows = true

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (!Buffer.isBuffer(chunk)) return super.push(chunk, encoding)
    // The answer to a request for TLS is one byte, not a message.
    if (!this.begun && !firstMessages.has(chunk[0])) this.follows = false
    this.begun = true
    if (!this.follows) return super.push(chunk)
    const rest = this.frames.filter(chunk)
    const [only] = rest
    if (only === undefined) return true
    return super.push(rest.length === 1 ? only : Buffer.concat(rest))
  }
}
