// A process that downloads the files of its arguments over and over, and tells how fast when it is stopped.
import { transfer } from './measure.js'

const urls = process.argv.slice(2)
const stop = new AbortController()
process.once('message', () => {
  stop.abort()
})
const started = performance.now()
let read = 0
for (let file = 0; !stop.signal.aborted; file += 1) {
  read += (await transfer(urls[file % urls.length] ?? '', stop.signal)).bytes
}
process.send?.({ bytesPerSecond: read / ((performance.now() - started) / 1000) })
process.disconnect()
