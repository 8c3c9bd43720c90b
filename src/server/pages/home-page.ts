import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Operations } from '../graphql/operations.js'
import { loadHomeData } from './home-data.js'
import { renderHome } from './home-html.js'

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Whatever stands in the address, the page is shown: it is opened by people.
const parametersSchema = z.object({
  lang: z.enum(['vi', 'en']).catch('vi'),
  q: z
    .string()
    .transform((text) => text.replaceAll('\0', '').toWellFormed().trim().slice(0, 200))
    .transform((text) => (text === '' ? undefined : text))
    .optional()
    .catch(undefined),
})

/** `/`: themes and datasets with the state and age of each source, its files and an example query, for people. `?q=` searches, `?lang=en` is English. */
export function serveHomePage(app: FastifyInstance, operations: Operations): void {
  app.get('/', async (request, reply) => {
    const { lang, q } = parametersSchema.parse(request.query)
    const data = await loadHomeData(operations, lang, q)
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .send(renderHome({ data, lang, search: q }).text)
  })
}
