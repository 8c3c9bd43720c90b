import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import type { DataSource } from 'typeorm'
import type { Authenticate } from '../access/authenticate.js'
import { GatewayError } from '../errors/gateway-error.js'
import { ConnectorRun } from './entities/connector-run.js'
import { ownConnector } from './own-connector.js'
import { setAsideCsv } from './set-aside-csv.js'

export interface SetAsideRouteParts {
  readonly pool: pg.Pool
  readonly dataSource: DataSource
  readonly authenticate: Authenticate
}

/** `GET /connectors/<code>/runs/<id>/set-aside.csv`, with the key of the connector's owner. */
export function serveSetAsideRows(app: FastifyInstance, parts: SetAsideRouteParts): void {
  const { pool, dataSource, authenticate } = parts
  app.get<{ Params: { code: string; id: string } }>(
    '/connectors/:code/runs/:id/set-aside.csv',
    async (request, reply) => {
      const { code, id } = request.params
      const viewer = await authenticate(request.headers.authorization)
      const connector = await ownConnector(dataSource.manager, viewer, code)
      const known = /^[1-9]\d{0,17}$/.test(id)
        ? await dataSource.manager.getRepository(ConnectorRun).existsBy({ id, connectorId: connector.id })
        : false
      if (!known) throw new GatewayError('NOT_FOUND', 'The connector has no run with this id.')
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${connector.code}-${id}-set-aside.csv"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(setAsideCsv(pool, id)))
    },
  )
}
