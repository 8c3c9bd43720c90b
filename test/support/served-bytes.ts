import { afterEach } from '@jest/globals'
import type { Source } from '../../connectors/drivers/driver.js'
import { serveScenario } from '../../connectors/drivers/conformance/fixture-http.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { createSource } from '../../src/connectors/outbound/source.js'

export interface ServedBytes<Options> extends AsyncDisposable {
  readonly source: Source<Options>
  /** What the run would remember. */
  memory(): Readonly<Record<string, string>>
}

/** For the top of a test file: what serves bytes until the end of the test that asked for it. */
export function bytesServers(): typeof serveBytes {
  const running: AsyncDisposable[] = []
  afterEach(async () => {
    for (const served of running.splice(0)) await served[Symbol.asyncDispose]()
  })
  return async (body, contentType, optionsFor, signal) => {
    const served = await serveBytes(body, contentType, optionsFor, signal)
    running.push(served)
    return served
  }
}

/** One run's source over a server on loopback that answers everything with these bytes. Dispose it at the test's end. */
export async function serveBytes<Options>(
  body: Uint8Array,
  contentType: string,
  optionsFor: (url: string) => Options,
  signal = new AbortController().signal,
): Promise<ServedBytes<Options>> {
  const scenario = await serveScenario({ columns: [], rows: [] }, () => ({ contentType, body }))
  const server = scenario.as({ options: undefined, selection: undefined })
  const outbound = createOutbound()
  outbound.allow(scenario.url)
  const source = createSource({
    outbound,
    options: optionsFor(`${scenario.url}/source`),
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal,
    limits: { pauseMs: 1 },
  })
  return {
    source,
    memory: () => source.memory(),
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]()
      await outbound[Symbol.asyncDispose]()
      await server.close()
    },
  }
}
