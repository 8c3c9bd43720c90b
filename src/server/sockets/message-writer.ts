import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'

/** So much may wait to be taken by the network before the next message is made. */
const mostWaitingBytes = 65_536
/** After so much a reader is asked whether it has come so far, and no more than as much again is sent before it says so. */
const askedAfterBytes = 262_144

/**
 * Sends the messages of one WebSocket. Those that are made one right after the other leave in one piece, which takes a fifth
 * of the time that a call of the system for each does. A reader that is slow is waited for, and that it reads is known by its
 * pongs: the network alone takes four megabytes for one that does not, which all others would wait for to be made.
 */
export class MessageWriter {
  private gathering = false
  private sinceAsked = 0
  /** While an answer is awaited; those who wait for it. */
  private asked: (() => void)[] | undefined

  constructor(
    private readonly socket: WebSocket,
    /** What the WebSocket writes to. */
    private readonly connection: Duplex,
    /** Settles when the socket is closed. */
    private readonly gone: Promise<void>,
  ) {
    const goOn = (): void => {
      const waiting = this.asked ?? []
      this.asked = undefined
      for (const next of waiting) next()
    }
    socket.on('pong', goOn)
    socket.once('close', goOn)
  }

  /**
   * Settles when there is room for the next message. Those for a socket that is closed have nowhere to go, and no further ones
   * are made before all is ended.
   */
  send(message: string): Promise<void> {
    const { socket } = this
    if (socket.readyState !== WebSocket.OPEN) return this.gone
    this.gather()
    const read = this.untilRead(message.length)
    return new Promise<void>((resolve, reject) => {
      socket.send(message, (error) => {
        if (!error) resolve(read)
        // A reader that went, or was closed for not reading, is no fault of ours.
        else if (socket.readyState === WebSocket.OPEN) reject(error)
        else resolve(this.gone)
      })
      if (socket.bufferedAmount < mostWaitingBytes) resolve(read)
    })
  }

  /** Undefined: there is nothing to wait for. */
  private untilRead(length: number): Promise<void> | undefined {
    this.sinceAsked += length
    if (this.sinceAsked < askedAfterBytes) return undefined
    if (this.asked === undefined) {
      this.asked = []
      this.sinceAsked = 0
      this.socket.ping()
      return undefined
    }
    const { asked } = this
    return new Promise((goOn) => asked.push(goOn))
  }

  private gather(): void {
    if (this.gathering) return
    this.gathering = true
    this.connection.cork()
    // Once all has been made that can be without waiting for anything.
    process.nextTick(() => {
      this.gathering = false
      this.connection.uncork()
    })
  }
}
