import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { textRow } from '../../connectors/drivers/xlsx/workbook-parts.fixture.js'
import { sendBody, unreadable, type Behaviour } from './behaviour.js'
import { laughs } from './body-behaviours.js'

/** Made once: to make one costs more than to read it. */
const archives = new Map<string, Uint8Array>()

function zipped(
  name: string,
  change: (files: Zippable) => Zippable,
  expected: Behaviour['expected'] = unreadable,
): Behaviour {
  return {
    name,
    format: 'zip',
    play: (play) => {
      const id = `${name} ${play.good.contentType}`
      const archive = archives.get(id) ?? zipSync(change(unzipSync(play.good.body)), { level: 1 })
      archives.set(id, archive)
      sendBody(play, archive)
    },
    expected,
  }
}

const spaces = Buffer.alloc(16 * 1024 ** 2, ' ')
const lineEnds = Buffer.alloc(16 * 1024 ** 2, '\n')
const orGood: Behaviour['expected'] = [...unreadable, 'SUCCESS']

/** The part with the data. */
function longestOf(files: Zippable): string {
  const size = (content: Zippable[string] | undefined): number => (content instanceof Uint8Array ? content.length : 0)
  return Object.keys(files).reduce((longest, name) => (size(files[name]) > size(files[longest]) ? name : longest), '')
}

function eachFile(files: Zippable, change: (text: string, name: string) => string): Zippable {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      content instanceof Uint8Array ? strToU8(change(strFromU8(content), name)) : content,
    ]),
  )
}

/** The sizes that the archive states are replaced by others, in its local headers and in its directory. */
function withSizes(archive: Uint8Array, size: number): Buffer {
  const bytes = Buffer.from(archive)
  for (let at = 0; at < bytes.length - 46; at++) {
    if (bytes.readUInt32LE(at) === 0x04034b50) bytes.writeUInt32LE(size, at + 22)
    if (bytes.readUInt32LE(at) === 0x02014b50) bytes.writeUInt32LE(size, at + 24)
  }
  return bytes
}

function lying(name: string, size: number): Behaviour {
  return {
    name,
    format: 'zip',
    play: (play) => {
      sendBody(play, withSizes(play.good.body, size))
    },
    expected: unreadable,
  }
}

const doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'

/** The good workbook with other sheets in it. */
function workbook(name: string, sheet: string, expected: Behaviour['expected'] = unreadable): Behaviour {
  const xml = strToU8(
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${sheet}</worksheet>`,
  )
  const changed = zipped(
    name,
    (files) =>
      Object.fromEntries(
        Object.entries(files).map(([part, content]) => [part, part.startsWith('xl/worksheets/') ? xml : content]),
      ),
    expected,
  )
  return { ...changed, format: 'workbook' }
}

/** What an archive, and a workbook in one, can do besides. */
export const zipBehaviours: readonly Behaviour[] = [
  zipped('a zip bomb', (files) => ({ ...files, [longestOf(files)]: spaces })),
  zipped('a zip bomb behind the data', (files) => {
    const name = longestOf(files)
    const content = files[name]
    return { ...files, [name]: Buffer.concat([content instanceof Uint8Array ? content : new Uint8Array(), lineEnds]) }
  }),
  zipped(
    'names that climb out of the archive',
    (files) => ({
      ...files,
      '../../../../tmp/odg-zip-slip': strToU8('evil'),
      '/tmp/odg-zip-slip': strToU8('evil'),
      '..\\..\\odg-zip-slip': strToU8('evil'),
    }),
    orGood,
  ),
  zipped(
    '2,000 entries',
    (files) => ({
      ...files,
      ...Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`x/${at}.txt`, new Uint8Array()])),
    }),
    orGood,
  ),
  zipped('an archive of nothing', () => ({})),
  lying('sizes said to be nothing', 0),
  lying('sizes said to be one byte', 1),
  lying('sizes said to be 4 GB', 0xfffffffe),
  zipped('entities that grow in every part', (files) =>
    eachFile(files, (_text, name) => laughs(name.includes('sheet') ? 'worksheet' : 'x')),
  ),
  zipped('an external entity in every part', (files) =>
    eachFile(files, (text) => text.replace(/(<\?xml[^>]*\?>)?/, (head) => `${head}${doctype}`)),
  ),
  workbook(
    'a 6 KB workbook with a merge over ten thousand rows of all columns',
    `<sheetData>${textRow(1, ['a', 'b'])}</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD10000"/></mergeCells>`,
  ),
  workbook(
    'a cell in the last row and column',
    `<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>`,
  ),
  workbook(
    'a cell with 300,000 attributes',
    `<sheetData><row ${Array.from({ length: 300_000 }, (_, at) => `a${at}="1"`).join(' ')}/></sheetData>`,
  ),
  workbook('elements nested 100,000 deep', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`),
]
