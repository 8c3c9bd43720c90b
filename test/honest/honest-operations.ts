import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kind, parse, print, separateOperations } from 'graphql'
import { z } from 'zod'

/** An operation as a client sends it. */
export interface HonestOperation {
  /** The file, for who asks, and the operation's name. */
  readonly name: string
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
}

const variablesShape = z.record(z.string(), z.record(z.string(), z.unknown()))

/**
 * What people of the field ask: a file for each kind of person, an operation for each question, which is sent alone with the
 * fragments that it uses. `variables.json` has the variables that are too long for a default.
 */
export async function readHonestOperations(folder: string): Promise<HonestOperation[]> {
  const variables = variablesShape.parse(JSON.parse(await readFile(join(folder, 'variables.json'), 'utf8')))
  const files = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort()
  const perFile = await Promise.all(
    files.map(async (file) => {
      const document = parse(await readFile(join(folder, file), 'utf8'))
      return Object.values(separateOperations(document)).map((single): HonestOperation => {
        const operation = single.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)
        const operationName = operation?.name?.value
        return {
          name: `${file.replace('.graphql', '')} ${operationName ?? '(without a name)'}`,
          query: print(single),
          operationName,
          variables: variables[operationName ?? ''] ?? {},
        }
      })
    }),
  )
  return perFile.flat()
}
