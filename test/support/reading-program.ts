import { fileURLToPath } from 'node:url'
import { readingProgramOfSources, type ReadingProgram } from '../../src/harvest/reading/reading-process-start.js'

const nodeOptions = ['--import', new URL('typescript-sources.mjs', import.meta.url).href]

/** The program of reading processes for tests, which run the sources as they are. */
export const readingProgram = readingProgramOfSources(nodeOptions)

/** The same of probes. */
export const probeProgram: ReadingProgram = {
  module: fileURLToPath(new URL('../../src/probe/probe-process.ts', import.meta.url)),
  nodeOptions,
}
