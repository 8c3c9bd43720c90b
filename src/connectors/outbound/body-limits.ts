import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded } from '../../errors/wording.js'
import { sizeText, type Limits } from './limits.js'

/** Counts what came over the wire, for the ratio and for the run's figures. */
export interface WireCount {
  bytes: number
}

/**
 * Passes a body on and stops one that trickles: `stop` is called with TOO_SLOW when fewer than `slowBytes` came while we
 * waited for `slowMs`. Only waiting counts, so a slow reader on our side is not held against the source.
 */
export async function* paced(
  body: AsyncIterable<Uint8Array>,
  limits: Limits,
  count: WireCount,
  stop: (fault: SourceFault) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = body[Symbol.asyncIterator]()
  let waitedMs = 0
  let received = 0
  try {
    for (;;) {
      const began = performance.now()
      const timer = setTimeout(
        () => {
          stop(new SourceFault('TOO_SLOW'))
        },
        Math.max(limits.slowMs - waitedMs, 1),
      )
      const step = await iterator.next().finally(() => {
        clearTimeout(timer)
      })
      if (step.done === true) return
      waitedMs += performance.now() - began
      received += step.value.length
      count.bytes += step.value.length
      if (received >= limits.slowBytes) {
        received = 0
        waitedMs = 0
      }
      yield step.value
    }
  } finally {
    await iterator.return?.()
  }
}

/** Passes a decoded body on and stops one that is too large, by itself or for what came over the wire. */
export async function* bounded(
  body: AsyncIterable<Uint8Array>,
  limits: Limits,
  count: WireCount,
): AsyncGenerator<Uint8Array, void, undefined> {
  let total = 0
  for await (const chunk of body) {
    total += chunk.length
    if (total > limits.bodyBytes) throw new SourceFault('TOO_LARGE', { limit: asWritten(sizeText(limits.bodyBytes)) })
    if (total > limits.ratioFromBytes && total > limits.ratio * count.bytes) {
      throw new SourceFault('TOO_LARGE', {
        limit: worded(`${limits.ratio} times its compressed size`, `${limits.ratio} lần cỡ khi nén`),
      })
    }
    yield chunk
  }
}
