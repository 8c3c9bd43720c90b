import { createReadStream, createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { permitFields } from './permit-type.js'

const districts = ['Quy Nhơn', 'An Lão', 'Hoài Nhơn', 'Hoài Ân', 'Phù Mỹ', 'Vĩnh Thạnh', 'Tây Sơn', 'Phù Cát']
const trades = ['Nhà thuốc', 'Quán ăn', 'Xưởng mộc', 'Cửa hàng vật liệu', 'Trạm xăng', 'Cơ sở may', 'Tiệm bánh']

/** The CSV file of so many permits; those whose number is a multiple of `every` differ in `edition`. */
export async function writePermits(path: string, rows: number, edition: number, every: number): Promise<void> {
  await pipeline(Readable.from(chunks(rows, edition, every), { objectMode: false }), createWriteStream(path))
}

function* chunks(rows: number, edition: number, every: number): Generator<Buffer> {
  let text = `${permitFields.join(',')}\n`
  for (let at = 1; at <= rows; at++) {
    text += line(at, at % every === 0 ? edition : 0)
    if (text.length > 1 << 18) {
      yield Buffer.from(text)
      text = ''
    }
  }
  yield Buffer.from(text)
}

function line(at: number, edition: number): string {
  // A fixed scatter: neighbours in the file are none in an index.
  const mixed = Math.imul(at, 2654435761) >>> 0
  const district = districts[mixed % districts.length] ?? ''
  const trade = trades[(mixed >>> 8) % trades.length] ?? ''
  const day = new Date(Date.UTC(2005, 0, 1 + (mixed % 7300))).toISOString().slice(0, 10)
  const latitude = (13.5 + (mixed % 100_000) / 90_000).toFixed(6)
  const longitude = (108.6 + ((mixed >>> 5) % 100_000) / 150_000).toFixed(6)
  return (
    `GP-${String(at).padStart(8, '0')},${trade} ${mixed.toString(36)},${district},"${mixed % 400} Trần Hưng Đạo, ${district}",` +
    `${(mixed % 90) + edition},${mixed % 5_000_000}.50,${day},${mixed % 3 === 0},${latitude},${longitude}\n`
  )
}

export interface FileServer extends AsyncDisposable {
  readonly url: string
  /** The file that it answers with; with a tag, conditional requests are answered. */
  serve(path: string, tag?: string): void
}

/** An agency's server on loopback with one file. */
export async function serveFile(): Promise<FileServer> {
  let served: { path: string; tag: string | undefined } | undefined
  const server = createServer((request, response) => {
    if (served === undefined) {
      response.writeHead(404).end()
      return
    }
    const { path, tag } = served
    const headers = { 'content-type': 'text/csv', ...(tag === undefined ? {} : { etag: tag }) }
    if (tag !== undefined && request.headers['if-none-match'] === tag) response.writeHead(304, headers).end()
    else createReadStream(path, { highWaterMark: 1 << 18 }).pipe(response.writeHead(200, headers))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The file server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    serve(path, tag) {
      served = { path, tag }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
