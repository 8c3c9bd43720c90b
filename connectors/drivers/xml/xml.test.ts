import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { toWindows1258 } from '../../../examples/agencies/education/windows-1258.js'
import { collected } from '../../../test/support/reading.js'
import { serveBytes } from '../../../test/support/served-bytes.js'
import { documentText } from './document-text.js'
import { driver } from './driver.js'
import { xmlOptions, xmlRows, xmlSelection } from './options.js'
import { parseDocument } from './parse-document.js'
import { refusalOf, rowOf, scan, valuesOf } from './read-document.fixture.js'
import { RowReader } from './row-reader.js'

describe('a row', () => {
  test('has a column for each element and attribute in it, by their paths; all are the text that they are', async () => {
    expect(
      await rowOf(
        '<r ma="007"><Ten>Phòng số 1</Ten><DiaChi cap="2"><Huyen ma="052">An Lão</Huyen><Xa/></DiaChi><So>1.50</So></r>',
      ),
    ).toEqual({
      '@ma': '007',
      Ten: 'Phòng số 1',
      'DiaChi/@cap': '2',
      'DiaChi/Huyen': 'An Lão',
      'DiaChi/Huyen/@ma': '052',
      'DiaChi/Xa': '',
      So: '1.50',
    })
  })

  test('tells empty, nil and missing apart', async () => {
    const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    expect(
      await rowOf(`<r ${xsi}><a/><b></b><c> \n </c><d xsi:nil="true"/><e xsi:nil="1"></e><f xsi:nil="false">x</f></r>`),
    ).toEqual({ a: '', b: '', c: '', d: null, e: null, f: 'x' })
  })

  test('has its own text, and that of elements with others in them as a whole', async () => {
    expect(await rowOf('<r ngay="2025-01-02"> 12,5 </r>')).toEqual({ '@ngay': '2025-01-02', 'text()': '12,5' })
    expect(await rowOf('<r><MoTa>Một <b>hai</b> ba</MoTa></r>')).toEqual({ MoTa: 'Một hai ba', 'MoTa/b': 'hai' })
  })

  test('keeps what CDATA and references write, in NFC', async () => {
    expect(await rowOf('<r><a><![CDATA[<b> & ]]></a><b>&lt;&amp;&#7871;&#x1EBF;&apos;</b></r>')).toEqual({
      a: '<b> &',
      b: "<&ếế'",
    })
    expect(await rowOf(`<r><a>Đo&#x302;\u0301ng</a></r>`)).toEqual({ a: 'Đống' })
    expect(
      Object.keys((await rowOf(`<r><${'Huyện'.normalize('NFD')}>x</${'Huyện'.normalize('NFD')}></r>`)) ?? {}),
    ).toEqual(['Huyện'])
  })

  test('keeps space around texts when that is asked for', async () => {
    const row = '<r a=" x "><b>\n y </b><c> </c></r>'
    expect(await rowOf(row)).toEqual({ '@a': 'x', b: 'y', c: '' })
    expect(await rowOf(row, { whitespace: 'keep' })).toEqual({ '@a': ' x ', b: '\n y ', c: ' ' })
  })

  test('with an element twice has both, so that no one is lost and no single field takes them', async () => {
    expect(await rowOf('<r><a>1</a><a>2</a><d><x>3</x></d><d><x>4</x></d></r>')).toEqual({
      a: ['1', '2'],
      'd/x': ['3', '4'],
    })
  })

  test('has lists where they are said to be, of however many items', async () => {
    const lists = { lists: ['Dt', 'Nganh', 'Nganh/Vt'] }
    expect(await rowOf('<r><Dt>1</Dt><Nganh ma="1"><Ten>A</Ten><Vt>x</Vt></Nganh></r>', lists)).toEqual({
      Dt: ['1'],
      Nganh: [{ '@ma': '1', Ten: 'A', Vt: ['x'] }],
    })
    expect(await rowOf('<r><Dt>1</Dt><Dt/><Nganh><Ten>A</Ten></Nganh><Nganh><Ten>B</Ten></Nganh></r>', lists)).toEqual({
      Dt: ['1', ''],
      Nganh: [{ Ten: 'A' }, { Ten: 'B' }],
    })
  })

  test('may have names that mean something to JavaScript', async () => {
    const [row] = await scan('<ds><r><__proto__>x</__proto__><constructor>y</constructor></r></ds>')
    expect(Object.entries(row?.values ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })
})

test('texts come back as they were written, whatever is in them and however it is written', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ế', '<', '&', '"', ']]>', '\n', ' ', '0', '😀', '-->') })
  const forms = [
    (one: string) => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    (one: string) => `<![CDATA[${one.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`,
    (one: string) => Array.from(one, (character) => `&#${character.codePointAt(0) ?? 0};`).join(''),
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 9 }),
      async (texts, size) => {
        for (const form of forms) {
          const rows = texts.map((one) => `<r><a>${form(one)}</a></r>`).join('\n')
          const document = documentText(inPieces(Buffer.from(`<ds>${rows}</ds>`), size), {
            given: undefined,
            contentType: undefined,
          })
          const reader = new RowReader({ rows: '/ds/r', whitespace: 'keep' })
          const back = await collected(parseDocument(document, reader))
          expect(back.map(({ values }) => values['a'])).toEqual(texts)
        }
      },
    ),
    { numRuns: 60 },
  )
})

describe('rows', () => {
  test('are those at their path only, and are numbered', async () => {
    const document = '<ds><dau><r>no</r></dau><r><r>in</r></r><nhom><ds><r>no</r></ds></nhom><r/></ds>'
    expect(await scan(document)).toEqual([
      { number: 1, values: { r: 'in' } },
      { number: 2, values: {} },
    ])
  })

  test('may be in several groups, and may be the root', async () => {
    expect(valuesOf(await scan('<a><g><r>1</r></g><g/><g><r>2</r></g></a>', { rows: '/a/g/r' }))).toEqual([
      { 'text()': '1' },
      { 'text()': '2' },
    ])
    expect(valuesOf(await scan('<a><b>1</b></a>', { rows: '/a' }))).toEqual([{ b: '1' }])
  })

  test('get what stands once in the document before them', async () => {
    const document =
      '<bc nam="2024"><dau><Ky>Quý I</Ky></dau><ds><r><a>1</a></r><r><a>2</a></r></ds><cuoi>x</cuoi></bc>'
    const selection = { rows: '/bc/ds/r', document: { Năm: '/bc/@nam', Kỳ: '/bc/dau/Ky' } }
    expect(valuesOf(await scan(document, selection))).toEqual([
      { a: '1', Năm: '2024', Kỳ: 'Quý I' },
      { a: '2', Năm: '2024', Kỳ: 'Quý I' },
    ])
    expect(await refusalOf(scan(document, { rows: '/bc/ds/r', document: { Cuối: '/bc/cuoi' } }))).toBe(
      'MAPPING: The mapping cannot be applied: nothing stands at /bc/cuoi before the first row.',
    )
  })

  test('are the same wherever the pieces of the document end', async () => {
    const bytes = Buffer.from(
      '<?xml version="1.0"?>\r\n<ds><!-- á --><r a="ế"><b>x&amp;y</b><c><![CDATA[]]]]></c></r></ds>',
    )
    for (let size = 1; size <= 12; size++) {
      const text = documentText(inPieces(bytes, size), { given: undefined, contentType: undefined })
      const rows = await collected(parseDocument(text, new RowReader(xmlRows.parse({ rows: '/ds/r' }))))
      expect(valuesOf(rows)).toEqual([{ '@a': 'ế', b: 'x&y', c: ']]' }])
    }
  })

  test('are given while the document still comes, so that none is held', async () => {
    let sent = 0
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<ds>')
      for (; sent < 5000; sent++) yield await Promise.resolve(Buffer.from(`<r><a>${'chữ '.repeat(250)}</a></r>`))
      yield Buffer.from('</ds>')
    }
    let ahead = 0
    const text = documentText(pieces(), { given: undefined, contentType: undefined })
    for await (const { number } of parseDocument(text, new RowReader(xmlRows.parse({ rows: '/ds/r' })))) {
      ahead = Math.max(ahead, sent - number)
    }
    expect(sent).toBe(5000)
    // What is looked at for the encoding.
    expect(ahead * 1250).toBeLessThan(130_000)
  })
})

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve()
    yield bytes.subarray(at, at + size)
  }
}

describe('namespaces', () => {
  const document =
    '<x:ds xmlns:x="urn:a" xmlns="urn:b" xmlns:m="urn:m" m:v="1"><x:r m:id="d1" ma="1"><x:Ten>A</x:Ten><Ten>B</Ten></x:r></x:ds>'

  test('that nobody named do not count, nor do their attributes', async () => {
    expect(valuesOf(await scan(document))).toEqual([{ '@ma': '1', Ten: ['A', 'B'] }])
  })

  test('are told apart by the prefixes of the manifest, whatever those of the document are', async () => {
    const selection = { rows: '/p:ds/p:r', namespaces: { p: 'urn:a', m: 'urn:m' } }
    expect(valuesOf(await scan(document, selection))).toEqual([{ '@m:id': 'd1', '@ma': '1', 'p:Ten': 'A', Ten: 'B' }])
  })

  test('another one than the named one is not the place of the rows', async () => {
    const selection = { rows: '/p:ds/p:r', namespaces: { p: 'urn:other' } }
    expect(await refusalOf(scan(document, selection))).toContain('NOT_DATA')
  })

  test('a prefix has to be one of the manifest', () => {
    expect(xmlSelection.safeParse({ rows: '/p:ds/p:r' }).error?.issues[0]?.message).toBe('namespaces has no prefix p')
    expect(xmlSelection.safeParse({ rows: 'ds/r' }).success).toBe(false)
    expect(xmlSelection.safeParse({ rows: '//r' }).success).toBe(false)
    expect(xmlSelection.safeParse({ rows: '/ds/@r' }).success).toBe(false)
    expect(xmlSelection.safeParse({ rows: '/ds/r', document: { Năm: '/ds/@nam' } }).success).toBe(true)
  })

  test('a SOAP answer with a diffgram is read by the path of its rows', async () => {
    const envelope = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
      <Response xmlns="http://example.vn/"><Result><diffgr:diffgram xmlns:diffgr="urn:schemas-microsoft-com:xml-diffgram-v1"
        xmlns:msdata="urn:schemas-microsoft-com:xml-msdata"><NewDataSet xmlns="">
        <TABLE diffgr:id="TABLE1" msdata:rowOrder="0"><Ma>01234</Ma><Ten>Xã A</Ten></TABLE>
        <TABLE diffgr:id="TABLE2" msdata:rowOrder="1"><Ma>01235</Ma><Ten>Xã B</Ten></TABLE>
      </NewDataSet></diffgr:diffgram></Result></Response></soap:Body></soap:Envelope>`
    const rows = '/Envelope/Body/Response/Result/diffgram/NewDataSet/TABLE'
    expect(valuesOf(await scan(envelope, { rows }))).toEqual([
      { Ma: '01234', Ten: 'Xã A' },
      { Ma: '01235', Ten: 'Xã B' },
    ])
  })
})

describe('the encoding', () => {
  const document = (name: string): string =>
    `<?xml version="1.0" encoding="${name}"?>\n<ds><r>Ằ ễ Thị xã Hoài Nhơn</r></ds>`
  const utf16 = (text: string, bigEndian: boolean): Buffer => {
    const bytes = Buffer.from(text, 'utf16le')
    return bigEndian ? bytes.swap16() : bytes
  }
  const expected = [{ 'text()': 'Ằ ễ Thị xã Hoài Nhơn' }]

  test.each([
    ['UTF-8', Buffer.from(document('UTF-8'))],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${document('utf-8')}`)],
    ['UTF-8 with a mark that is said to be UTF-16', Buffer.from(`\uFEFF${document('utf-16')}`)],
    ['UTF-16 little endian', utf16(`\uFEFF${document('UTF-16')}`, false)],
    ['UTF-16 big endian', utf16(`\uFEFF${document('UTF-16')}`, true)],
    ['UTF-16 without a mark', utf16(document('UTF-16'), false)],
    ['UTF-16 big endian without a mark', utf16(document('utf-16'), true)],
    ['Windows-1258', toWindows1258(document('windows-1258'))],
  ])('%s is read', async (_name, bytes) => {
    expect(valuesOf(await scan(bytes))).toEqual(expected)
  })

  test('of the server counts before that of the document, and that of the manifest before both', async () => {
    const latin = Buffer.from('<?xml version="1.0"?><ds><r>\u00c9</r></ds>', 'latin1')
    expect(valuesOf(await scan(latin, { rows: '/ds/r' }, 'text/xml; charset="ISO-8859-1"'))).toEqual([
      { 'text()': 'É' },
    ])
    const utf8 = Buffer.from(document('utf-16'))
    expect(valuesOf(await scan(utf8, { rows: '/ds/r' }, 'text/xml;charset=UTF-8'))).toEqual(expected)
    expect(valuesOf(await scan(utf8, { rows: '/ds/r' }, 'text/xml', 'utf-8'))).toEqual(expected)
  })

  test('is never guessed and nothing is replaced', async () => {
    const wrong = Buffer.concat([Buffer.from('<ds><r>it'), Buffer.of(0x92), Buffer.from('s</r></ds>')])
    expect(await refusalOf(scan(wrong))).toMatch(
      /^ENCODING: The text is not valid UTF-8 \(at byte 9\); save the file as UTF-8, /,
    )
    expect(await refusalOf(scan(document('utf-16')))).toContain('set encoding to what it is in')
    expect(await refusalOf(scan(document('windows-1258')))).toContain('ENCODING')
    expect(await refusalOf(scan(document('x-mac-vietnamese')))).toContain('its encoding x-mac-vietnamese is not known')
    const contradicting = scan(
      toWindows1258(document('windows-1258')),
      { rows: '/ds/r' },
      'text/xml; charset=ISO-8859-1',
    )
    expect(await refusalOf(contradicting)).toContain('the server says that it is in latin1, and it says windows-1258')
  })
})

describe('describing', () => {
  const described = async (document: string): Promise<object[]> => {
    await using served = await serveBytes(Buffer.from(document), 'text/xml', (url) => xmlOptions.parse({ url }))
    return (await driver.describe(served.source, 1)).map(({ name, selection, columns, sample }) => ({
      name,
      rows: selection.rows,
      ...(selection.lists && { lists: selection.lists }),
      columns,
      sample: valuesOf(sample),
    }))
  }

  test('finds the element that repeats, its columns over many rows, and what repeats in it', async () => {
    const document = `<bc><dau><Ngay>30/06/2025</Ngay></dau><ds>
      <CoSo ma="007"><Ten>A</Ten><Nganh><Ma>01</Ma></Nganh></CoSo>
      <CoSo ma="008"><Ten>B</Ten><Nganh><Ma>02</Ma></Nganh><Nganh><Ma>03</Ma></Nganh><DiaChi><Xa>x</Xa></DiaChi></CoSo>
    </ds></bc>`
    expect(await described(document)).toEqual([
      {
        name: 'CoSo',
        rows: '/bc/ds/CoSo',
        lists: ['Nganh'],
        columns: ['@ma', 'Ten', 'Nganh', 'DiaChi/Xa'],
        sample: [{ '@ma': '007', Ten: 'A', Nganh: [{ Ma: '01' }] }],
      },
    ])
  })

  test('offers each list, the longest first, and single texts only when there is nothing else', async () => {
    expect(await described('<a><x><t>1</t></x><x/><y t="1"/><y t="2"/><y t="3"/></a>')).toMatchObject([
      { rows: '/a/y' },
      { rows: '/a/x' },
    ])
    expect(await described('<a><nam>2023</nam><nam>2024</nam></a>')).toMatchObject([
      { rows: '/a/nam', columns: ['text()'], sample: [{ 'text()': '2023' }] },
    ])
    expect(await described('<a><b><c>1</c><d>2</d></b></a>')).toMatchObject([{ rows: '/a/b', columns: ['c', 'd'] }])
  })

  test('another document of the same server is read, one elsewhere is refused', async () => {
    await using served = await serveBytes(Buffer.from('<ds><r/></ds>'), 'text/xml', (url) => xmlOptions.parse({ url }))
    const from = (file: string) => collected(driver.scan(served.source, xmlSelection.parse({ rows: '/ds/r', file })))
    expect(await from('other.xml')).toHaveLength(1)
    expect(await refusalOf(from('https://other.example/a.xml'))).toContain('MAPPING')
  })

  test('a SOAP fault is described by its reason', async () => {
    const uri = 'http://schemas.xmlsoap.org/soap/envelope/'
    const fault = `<e:Envelope xmlns:e="${uri}"><e:Body><e:Fault><faultstring>Quá hạn.</faultstring></e:Fault></e:Body></e:Envelope>`
    expect(await refusalOf(described(fault))).toContain('it is a SOAP fault: Quá hạn.')
  })

  test('a check looks for an element', async () => {
    await using served = await serveBytes(Buffer.from('<html><body>'), 'text/xml', (url) => xmlOptions.parse({ url }))
    expect(await refusalOf(driver.check(served.source))).toContain('HTML')
  })
})
