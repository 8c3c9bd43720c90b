import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Case } from './conformance-case.js'
import { expectFault, inRun, scanAll, scenarioOf, type Trial } from './trial.js'

/** What must happen when a document declares entities: it is refused, nothing grows and nothing is fetched. */
export const entityCases: readonly Case[] = [
  {
    name: 'entity expansion',
    applies: hasDocumentType,
    async problems(trial) {
      const before = process.memoryUsage().rss
      const problems = await refused(trial, 'entities within entities', laughs(), '&e9;')
      const grown = process.memoryUsage().rss - before
      return [
        ...problems,
        ...(await refused(trial, 'one entity', '<!ENTITY one "1">', '&one;')),
        ...(grown < mostGrowth ? [] : [`entities within entities took ${grown} bytes of memory`]),
      ]
    },
  },
  {
    name: 'external entities',
    applies: hasDocumentType,
    problems: (trial) =>
      listening(async (url, asked) => {
        const problems: string[] = []
        for (const { what, declaration, reference } of external(url)) {
          problems.push(...(await refusedType(trial, what, declaration, reference)))
        }
        return [...problems, ...asked.map((path) => `${path} was fetched`)]
      }),
  },
]

const mostGrowth = 256 * 1024 * 1024

function hasDocumentType({ driver, fixture }: Trial): boolean {
  return driver.capabilities.scan && fixture.hasDocumentType === true
}

/** Ten billion characters in a kilobyte. */
function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`)
  return ['<!ENTITY e0 "ha ha ha ha">', ...levels].join('\n')
}

function external(
  url: string,
): readonly { readonly what: string; readonly declaration: string; readonly reference: string }[] {
  const within = (entities: string): string => `<!DOCTYPE rows [${entities}]>`
  return [
    { what: 'an external entity', declaration: within(`<!ENTITY x SYSTEM "${url}/entity">`), reference: '&x;' },
    {
      what: 'an entity that is a file',
      declaration: within('<!ENTITY x SYSTEM "file:///etc/hostname">'),
      reference: '&x;',
    },
    {
      what: 'a parameter entity',
      declaration: within(`<!ENTITY % p SYSTEM "${url}/parameter"> %p;`),
      reference: 'x',
    },
    { what: 'an external document type', declaration: `<!DOCTYPE rows SYSTEM "${url}/type.dtd">`, reference: 'x' },
    {
      what: 'a public document type',
      declaration: `<!DOCTYPE rows PUBLIC "-//x//y" "${url}/public.dtd">`,
      reference: 'x',
    },
  ]
}

function refused(trial: Trial, what: string, entities: string, reference: string): Promise<string[]> {
  return refusedType(trial, what, `<!DOCTYPE rows [${entities}]>`, reference)
}

function refusedType(trial: Trial, what: string, declaration: string, reference: string): Promise<string[]> {
  return inRun(trial, scenarioOf(trial, 3, { documentType: { declaration, reference } }), (run) =>
    expectFault(`a scan of a document with ${what}`, () => scanAll(trial, run), ['NOT_DATA', 'TOO_LARGE']),
  )
}

/** A server that nobody should ask; `asked` are the paths that somebody did. */
async function listening<Result>(use: (url: string, asked: readonly string[]) => Promise<Result>): Promise<Result> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('<!ENTITY x "fetched">')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The listener has no port.')
    return await use(`http://127.0.0.1:${address.port}`, asked)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}
