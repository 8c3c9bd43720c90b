import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { installationFolder } from '../../settings/installation.js'

interface Asset {
  readonly file: string
  readonly type: string
}

const script = 'text/javascript; charset=utf-8'
const style = 'text/css; charset=utf-8'

/** Every file that pages load, by its name below /assets/: nothing else can be asked for, and nothing comes from elsewhere. */
const assets: Readonly<Record<string, Asset>> = {
  'react.production.min.js': { file: 'node_modules/react/umd/react.production.min.js', type: script },
  'react-dom.production.min.js': { file: 'node_modules/react-dom/umd/react-dom.production.min.js', type: script },
  'graphiql.min.js': { file: 'node_modules/graphiql/graphiql.min.js', type: script },
  'graphiql.min.css': { file: 'node_modules/graphiql/graphiql.min.css', type: style },
  'graphiql-page.js': { file: 'web/graphiql/graphiql-page.js', type: script },
  'graphiql-page.css': { file: 'web/graphiql/graphiql-page.css', type: style },
  'page.js': { file: 'web/home/page.js', type: script },
  'page.css': { file: 'web/home/page.css', type: style },
}

/** GraphiQL's editor writes style attributes; scripts come from here only. */
const graphiqlPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
  "connect-src 'self' ws: wss:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function serveAssets(app: FastifyInstance): void {
  const loaded = new Map<string, Promise<{ body: Buffer; etag: string }>>()
  const load = async ({ file }: Asset): Promise<{ body: Buffer; etag: string }> => {
    const body = await readFile(join(installationFolder, file))
    return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
  }
  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const { name } = request.params
    const asset = Object.hasOwn(assets, name) ? assets[name] : undefined
    if (asset === undefined) {
      reply.callNotFound()
      return reply
    }
    let content = loaded.get(name)
    if (content === undefined) {
      content = load(asset)
      loaded.set(name, content)
      // Read again when it could not be read once.
      content.catch(() => loaded.delete(name))
    }
    const { body, etag } = await content
    void reply.header('etag', etag).header('cache-control', 'public, max-age=3600')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type(asset.type).send(body)
  })
}

export async function sendGraphiql(reply: FastifyReply): Promise<FastifyReply> {
  const html = await readFile(join(installationFolder, 'web/graphiql/index.html'), 'utf8')
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', graphiqlPolicy)
    .header('vary', 'accept')
    .send(html)
}
