import { parseArgs } from 'node:util'
import { StartFailure } from './start-failure.js'

export interface Arguments {
  /** Files replace what was changed at run time. */
  readonly filesWin: boolean
  /** Record schemas in files may break what is published. */
  readonly acceptBreaking: boolean
}

/** Reads the command line. Throws StartFailure with what is allowed. */
export function readArguments(words: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        'files-win': { type: 'boolean', default: false },
        'accept-breaking': { type: 'boolean', default: false },
      },
    })
    return { filesWin: values['files-win'], acceptBreaking: values['accept-breaking'] }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new StartFailure(`${error.message.split('.')[0] ?? ''}. Allowed: --files-win, --accept-breaking.`, error)
  }
}
