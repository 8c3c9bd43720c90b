import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { asGatewayError, isOurFault } from '../../errors/as-gateway-error.js'
import { errorCodes } from '../../errors/gateway-error.js'
import type { Operations } from '../graphql/operations.js'
import { loadHomeData } from './home-data.js'
import { renderAway, renderHome } from './home-html.js'

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
    const { lang, q: search } = parametersSchema.parse(request.query)
    void reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
    try {
      return await reply.send(renderHome({ data: await loadHomeData(operations, lang, search), lang, search }).text)
    } catch (failure) {
      const { code } = asGatewayError(failure, 'The page could not be made.')
      if (isOurFault(code)) request.log.error({ err: failure }, 'The page could not be made')
      return await reply.code(errorCodes[code].status).send(renderAway({ lang, search }).text)
    }
  })
}
