import type { SaxesTagNS } from 'saxes'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import type { XmlElement } from './element-tree.js'

const envelopes = new Set(['http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'])
const longestReason = 200

/** A SOAP service says so that it could not answer, often with status 200. */
export function isSoapFault({ uri, local }: SaxesTagNS): boolean {
  return local === 'Fault' && envelopes.has(uri)
}

export class SoapFault extends SourceFault {
  constructor(fault: XmlElement) {
    super('NOT_DATA', {
      expected: worded('rows', 'các dòng'),
      detail: worded(`it is a SOAP fault: ${reasonOf(fault)}`, `là thông báo lỗi SOAP: ${reasonOf(fault)}`),
    })
  }
}

/** SOAP 1.1 has `faultcode` and `faultstring`, 1.2 `Code` and `Reason`; what stands in `detail` is for programmers. */
function reasonOf(fault: XmlElement): string {
  const said = fault.children
    .filter(({ name }) => ['faultcode', 'faultstring', 'Code', 'Reason'].includes(name.replace(/^.*:/u, '')))
    .map(({ text }) => text.replaceAll(/\s+/gu, ' ').trim())
    .join(' ')
    .replace(/\.$/u, '')
  return said.length <= longestReason ? said : `${said.slice(0, longestReason - 1)}…`
}
