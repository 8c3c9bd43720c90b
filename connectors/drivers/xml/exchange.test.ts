import { expect, test } from '@jest/globals'
import { createOutbound } from '../../../src/connectors/outbound/outbound.js'
import { createSource } from '../../../src/connectors/outbound/source.js'
import { collected } from '../../../test/support/reading.js'
import { serveScenario } from '../conformance/fixture-http.js'
import type { FixtureAnswer, SeenRequest } from '../conformance/driver-fixture.js'
import { driver } from './driver.js'
import { xmlOptions, xmlSelection } from './options.js'
import { refusalOf } from './read-document.fixture.js'

const uri = 'http://schemas.xmlsoap.org/soap/envelope/'
const envelope = (inner: string): string => `<e:Envelope xmlns:e="${uri}"><e:Body>${inner}</e:Body></e:Envelope>`
const fault = envelope('<e:Fault><faultcode>e:Client</faultcode><faultstring>Thiếu kỳ báo cáo</faultstring></e:Fault>')
const headers = { SOAPAction: '"urn:LayDanhSach"', 'content-type': 'text/xml; charset=utf-8; action=x' }

/** Asks a service that answers so with a question, and tells what it was asked. */
async function asked(
  answer: Omit<FixtureAnswer, 'contentType'>,
  question: object,
): Promise<{ rows: object[] | string; requests: readonly SeenRequest[] }> {
  const scenario = await serveScenario({ columns: [], rows: [] }, () => ({ contentType: 'text/xml', ...answer }))
  const server = scenario.as({ options: undefined, selection: undefined })
  await using outbound = createOutbound()
  outbound.allow(scenario.url)
  await using source = createSource({
    outbound,
    options: xmlOptions.parse({ url: `${scenario.url}/service`, ...question }),
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: AbortSignal.timeout(10_000),
    limits: { attempts: 1 },
  })
  try {
    const selection = xmlSelection.parse({ rows: '/Envelope/Body/DanhSach/Dong' })
    const rows = collected(driver.scan(source, selection)).then((all) => all.map(({ values }) => ({ ...values })))
    const found = await rows.catch(() => refusalOf(rows))
    return { rows: found, requests: [...server.requests] }
  } finally {
    await server.close()
  }
}

test('a service is asked by POST with the headers and the envelope of the manifest', async () => {
  const { rows, requests } = await asked(
    { body: envelope('<DanhSach><Dong><Ma>01</Ma></Dong></DanhSach>') },
    { headers, body: envelope('<LayDanhSach/>') },
  )
  expect(rows).toEqual([{ Ma: '01' }])
  expect(requests).toMatchObject([
    { method: 'POST', url: '/service', body: envelope('<LayDanhSach/>'), headers: { soapaction: '"urn:LayDanhSach"' } },
  ])
})

test('what a SOAP service refuses with is its fault, and else the status', async () => {
  const question = { body: envelope('<LayDanhSach/>') }
  expect((await asked({ status: 500, body: fault }, question)).rows).toContain('SOAP fault: e:Client Thiếu kỳ báo cáo')
  expect((await asked({ status: 500, body: '<html>Server Error</html>' }, question)).rows).toContain('BAD_STATUS')
  expect((await asked({ status: 500, body: envelope('<DanhSach/>') }, question)).rows).toContain('BAD_STATUS')
  expect((await asked({ status: 503, body: fault }, question)).rows).toContain('BAD_STATUS')
})

test('without an envelope the address is only read', async () => {
  const { requests } = await asked({ body: envelope('<DanhSach/>') }, { headers: { 'X-Ky': '2025' } })
  expect(requests).toMatchObject([{ method: 'GET', headers: { 'x-ky': '2025' } }])
  expect((await asked({ status: 500, body: fault }, {})).rows).toContain('BAD_STATUS')
})
