import { open } from 'node:fs/promises'
import type { Source } from '../../connectors/drivers/driver.js'
import { fileFormat, type FileFormat } from '../../connectors/drivers/push/file-format.js'
import { SourceFault } from '../errors/source-fault.js'
import { worded, type Wording } from '../errors/wording.js'
import { ckanAction, ckanPage } from './ckan-address.js'

export interface GuessedDriver {
  readonly driver: string
  readonly options: Readonly<Record<string, unknown>>
}

/** Which driver reads what is at an address, by its content: names and content types are often wrong. Throws a SourceFault. */
export async function guessDriver(source: Source<unknown>, url: string): Promise<GuessedDriver> {
  const { path } = await source.download(url)
  const format = await fileFormat(path)
  switch (format) {
    case 'xlsx':
    case 'csv':
    case 'xml':
    case 'gtfs':
      return { driver: format, options: { url } }
    case 'json':
      return await guessJson(path, url)
    case 'binary':
      return { driver: 'gtfs-realtime', options: { url } }
    case 'html':
      return await guessPage(path, url)
    default:
      throw new SourceFault('NOT_DATA', {
        expected: worded('a format that a driver reads', 'định dạng mà hệ thống đọc được'),
        detail: refusal(format),
      })
  }
}

function refusal(format: FileFormat): Wording {
  switch (format) {
    case 'empty':
      return worded('it is empty', 'không có nội dung')
    case 'html':
      return worded(
        'it is a web page: give the address of the file or service itself',
        'là trang web: hãy ghi địa chỉ của chính tệp hoặc dịch vụ',
      )
    case 'xls':
      return worded(
        'it is an old .xls or a workbook with a password: save it as .xlsx without one',
        'là tệp .xls cũ hoặc có mật khẩu: hãy lưu thành .xlsx không mật khẩu',
      )
    default:
      return worded(`it is ${format}`, `là ${format}`)
  }
}

async function guessJson(path: string, url: string): Promise<GuessedDriver> {
  const head = await beginningOf(path)
  const isFhir = /"resourceType"\s*:\s*"(Bundle|CapabilityStatement|OperationOutcome)"/.test(head)
  if (isFhir) return { driver: 'fhir', options: { baseUrl: fhirBase(url) } }
  const portal = /"success"\s*:\s*true/.test(head) ? ckanAction(url) : undefined
  return portal === undefined ? { driver: 'rest-json', options: { url } } : { driver: 'ckan', options: portal }
}

async function guessPage(path: string, url: string): Promise<GuessedDriver> {
  const portal = ckanPage(url, await beginningOf(path))
  if (portal !== undefined) return { driver: 'ckan', options: portal }
  throw new SourceFault('NOT_DATA', {
    expected: worded('a format that a driver reads', 'định dạng mà hệ thống đọc được'),
    detail: refusal('html'),
  })
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** `https://example.org/fhir/Organization?active=true` → `https://example.org/fhir`. */
function fhirBase(url: string): string {
  const base = new URL(url)
  base.search = ''
  base.hash = ''
  base.pathname = base.pathname.replace(/\/(metadata|[A-Z][A-Za-z]+)?\/?$/, '')
  return base.href.replace(/\/$/, '')
}
