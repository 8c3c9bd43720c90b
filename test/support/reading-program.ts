import { readingProgramOfSources } from '../../src/harvest/reading/reading-process-start.js'

/** The program of reading processes for tests, which run the sources as they are. */
export const readingProgram = readingProgramOfSources([
  '--import',
  new URL('typescript-sources.mjs', import.meta.url).href,
])
