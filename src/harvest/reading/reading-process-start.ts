import { fork, type ChildProcess } from 'node:child_process'
import { extname, join } from 'node:path'
import { waitedFor } from './program-life.js'

/** How the program of a reading process is started. */
export interface ReadingProgram {
  readonly module: string
  /** Options of Node besides the limits. */
  readonly nodeOptions: readonly string[]
}

/**
 * The compiled program of that name in the folder of a module. Undefined where the sources run as they are: whoever runs them so
 * says how.
 */
export function compiledProgram(beside: ImportMeta, name: string): ReadingProgram | undefined {
  if (extname(beside.filename) !== '.js') return undefined
  return { module: join(beside.dirname, `${name}.js`), nodeOptions: [] }
}

export function compiledReadingProgram(): ReadingProgram | undefined {
  return compiledProgram(import.meta, 'reading-process')
}

/** The program of reading processes where the sources run as they are, by these options of Node. */
export function readingProgramOfSources(nodeOptions: readonly string[]): ReadingProgram {
  return { module: join(import.meta.dirname, 'reading-process.ts'), nodeOptions }
}

/** What of the environment a reader needs; keys and tokens of the gateway are none of its business. */
const passedOn = ['PATH', 'TZ', 'LANG', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

/** `folder`: of its files; it knows that one from its first moment, so that it leaves none behind whenever it is left alone. */
export function startProgram(
  { module, nodeOptions }: ReadingProgram,
  {
    heapMegabytes,
    folder,
    isWaitedFor = false,
  }: { readonly heapMegabytes: number; readonly folder: string; readonly isWaitedFor?: boolean },
): ChildProcess {
  return fork(module, isWaitedFor ? [folder, waitedFor] : [folder], {
    execArgv: [`--max-old-space-size=${heapMegabytes}`, '--disable-warning=ExperimentalWarning', ...nodeOptions],
    env: Object.fromEntries(passedOn.map((name) => [name, process.env[name]])),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}
