import { describe, expect, test } from '@jest/globals'
import { refusalOf, scan } from './read-document.fixture.js'

describe('what is refused', () => {
  test.each([
    ['an HTML page', '<!DOCTYPE html><html><body>Bảo trì<br></body></html>', 'NOT_DATA', 'it is an HTML page'],
    ['HTML without a type', '\n<html><body>Bảo trì</body></html>', 'NOT_DATA', 'it is an HTML page'],
    ['JSON', '{"error": 1}', 'NOT_DATA', 'it is JSON'],
    ['a text', 'Service unavailable', 'NOT_DATA', 'it does not begin with an element'],
    ['a workbook', 'PK\u0003\u0004', 'NOT_DATA', '.xlsx'],
    ['nothing', '', 'NOT_DATA', 'it is empty'],
    ['space', ' \n ', 'NOT_DATA', 'it has no element'],
    ['a document that ends in the middle', '<ds><r><a>1</a></r><r><a>2', 'TRUNCATED', 'line 1'],
    ['one without its end', '<ds><r/>', 'TRUNCATED', 'unclosed tag: ds'],
    ['an open comment at its end', '<ds><r/></ds><!-- ', 'TRUNCATED', 'unexpected end'],
    ['two documents', '<ds><r/></ds><ds/>', 'NOT_DATA', 'only one root'],
    ['text after it', '<ds><r/></ds>\n Warning: slow', 'NOT_DATA', 'line 2'],
    ['crossed elements', '<ds>\n<r><a></r></a></ds>', 'NOT_DATA', 'at line 2, column 10: unexpected close tag'],
    ['an entity of HTML', '<ds><r>a&nbsp;b</r></ds>', 'NOT_DATA', 'undefined entity'],
    ['an entity of JavaScript', '<ds><r>&constructor;</r></ds>', 'NOT_DATA', 'undefined entity'],
    ['a control character', '<ds><r>\u0001</r></ds>', 'NOT_DATA', 'disallowed character'],
    ['NUL as a reference', '<ds><r>&#0;</r></ds>', 'NOT_DATA', 'malformed character entity'],
    ['an unknown prefix', '<ds><x:r/></ds>', 'NOT_DATA', 'unbound namespace prefix'],
    ['an attribute twice', '<ds><r a="1" a="2"/></ds>', 'NOT_DATA', 'duplicate attribute'],
    [
      'a document type',
      '<!DOCTYPE ds [<!ENTITY a "b">]><ds><r>&a;</r></ds>',
      'NOT_DATA',
      'neither expanded nor fetched',
    ],
    ['a type after a comment', '<!-- --><!DOCTYPE ds SYSTEM "x"><ds/>', 'NOT_DATA', 'neither expanded nor fetched'],
  ])('%s', async (_what, document, code, hint) => {
    const fault = await refusalOf(scan(document))
    expect(fault).toMatch(new RegExp(`^${code}: `))
    expect(fault).toContain(hint)
  })

  test.each([
    ['elements within each other', `<ds>${'<a>'.repeat(100)}`, '64 elements within each other'],
    ['a row without an end', `<ds><r>${'<a>x</a>'.repeat(20_000)}`, '16384 values in one row'],
    [
      'a row of too much text',
      `<ds><r>${`<a>${'x'.repeat(100_000)}</a>`.repeat(50)}</r></ds>`,
      'characters in one row',
    ],
    ['a text without an end', `<ds><r>${'x'.repeat(5_000_000)}`, 'characters without an element'],
    ['a comment without an end', `<ds><!--${'x'.repeat(5_000_000)}`, 'characters without an element'],
    ['a name without an end', `<ds><${'x'.repeat(5_000_000)}`, 'characters without an element'],
    [
      'attributes without an end',
      `<ds><r ${Array.from({ length: 400 }, (_, at) => `a${at}="1"`).join(' ')}/></ds>`,
      '256 attributes of one element',
    ],
  ])('%s: too much', async (_what, document, limit) => {
    expect(await refusalOf(scan(document))).toMatch(new RegExp(`^TOO_LARGE: .*${limit}`))
  })

  test('another document than the expected one, with what it has', async () => {
    expect(await refusalOf(scan('<ThongBao><Ma>5</Ma><NoiDung>Hết phiên</NoiDung></ThongBao>'))).toBe(
      'NOT_DATA: The source answered with something that is not XML with rows at /ds/r: it has /ThongBao/Ma, /ThongBao/NoiDung.',
    )
    expect(await refusalOf(scan('<ds><row/><row/></ds>'))).toContain('it has /ds/row')
    expect(
      await refusalOf(scan('<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>', { rows: '/r' })),
    ).toContain('HTML')
    expect(await refusalOf(scan('<other/>', { rows: '/r' }))).toContain('it has /other')
  })

  test('a SOAP fault, with its code and reason and nothing of its detail', async () => {
    const fault = (uri: string, inner: string): string =>
      `<e:Envelope xmlns:e="${uri}"><e:Body><e:Fault>${inner}</e:Fault></e:Body></e:Envelope>`
    const first = fault(
      'http://schemas.xmlsoap.org/soap/envelope/',
      '<faultcode>e:Server</faultcode><faultstring>Sai mật khẩu</faultstring><detail>at Program.Main</detail>',
    )
    expect(await refusalOf(scan(first))).toBe(
      'NOT_DATA: The source answered with something that is not rows: it is a SOAP fault: e:Server Sai mật khẩu.',
    )
    const second = fault(
      'http://www.w3.org/2003/05/soap-envelope',
      '<e:Code><e:Value>e:Sender</e:Value></e:Code><e:Reason><e:Text>Thiếu tham số</e:Text></e:Reason>',
    )
    expect(await refusalOf(scan(second))).toContain('e:Sender Thiếu tham số')
  })

  test('a selection without rows', async () => {
    expect(await refusalOf(scan('<ds/>', {}))).toContain('MAPPING: The mapping cannot be applied: say in rows which')
  })

  test('no document without rows whose place is there', async () => {
    expect(await scan('<ds/>')).toEqual([])
    expect(await scan('<ds><NgayLap>30/06/2025</NgayLap><SoDong>0</SoDong></ds>')).toEqual([])
  })
})
