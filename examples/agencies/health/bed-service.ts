import { facilities, type Facility } from './facilities.js'
import type { JsonAnswer } from './fhir-server.js'
import { seededRandom } from '../seeded-random.js'

const mostFacilities = 200
/** Every hospital reports so often, each at its own minute and second. */
const reportEveryMs = 5 * 60_000
const dayMs = 24 * 3_600_000

const reporting = new Map(facilities.filter(({ reportsBeds }) => reportsBeds).map((one) => [one.code, one]))

/** Answers `/beds?facilities=52001,52002` for the facilities that are asked for and that report their beds. */
export function answerBeds(url: URL, now: Date): JsonAnswer {
  const given = url.searchParams.get('facilities')
  if (given === null) {
    return { status: 400, body: { error: 'Thiếu tham số facilities: các mã cơ sở, cách nhau bằng dấu phẩy.' } }
  }
  const codes = given.split(',').filter((code) => code !== '')
  if (codes.length > mostFacilities) {
    return { status: 400, body: { error: `Mỗi lần hỏi tối đa ${mostFacilities} cơ sở.` } }
  }
  const asked = [...new Set(codes)].flatMap((code) => reporting.get(code) ?? [])
  return { status: 200, body: { beds: asked.map((facility) => bedsOf(facility, now)) } }
}

/** More are free in the afternoon, when patients go home, than in the morning; each report differs a little. */
function bedsOf(facility: Facility, now: Date) {
  const own = seededRandom(`beds ${facility.code}`)
  const total = Math.round((facility.beds ?? 0) * (1 + own.next() * 0.15))
  const lag = Math.floor(own.next() * reportEveryMs)
  const reportedAt = Math.floor((now.getTime() - lag) / reportEveryMs) * reportEveryMs + lag
  const noise = seededRandom(`beds ${facility.code} ${reportedAt}`).next()
  const wave = (1 - Math.cos(((reportedAt % dayMs) / dayMs) * 2 * Math.PI)) / 2
  const available = Math.round(total * (0.04 + 0.12 * wave + 0.08 * noise))
  return { facility: facility.code, available, total, reportedAt: new Date(reportedAt).toISOString() }
}
