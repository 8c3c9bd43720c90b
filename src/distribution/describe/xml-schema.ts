import type { ValueKind } from '../../records/schema/record-type.js'
import { columnTree, type ColumnNode } from '../columns/column-tree.js'
import { nestedPath, shapeOf, type DownloadColumn, type Labels, type ValueShape } from '../columns/column.js'
import { xmlText } from '../formats/xml-text.js'

const simpleTypes: Readonly<Record<ValueKind, string>> = {
  text: 'xs:string',
  // An address on the web may have characters that anyURI lets pass only in theory.
  url: 'xs:string',
  code: 'xs:string',
  integer: 'xs:int',
  bigInteger: 'xs:long',
  decimal: 'xs:decimal',
  float: 'xs:double',
  boolean: 'xs:boolean',
  date: 'xs:date',
  dateTime: 'xs:dateTime',
  json: 'xs:string',
}

/** The XML Schema of the XML download with these columns. */
export function xmlSchemaOf(columns: readonly DownloadColumn[], labels: Labels): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
<xs:element name="records"><xs:complexType>
<xs:sequence><xs:element name="record" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
${elements(columnTree(columns, nestedPath), labels)}
</xs:sequence></xs:complexType></xs:element></xs:sequence>
<xs:attribute name="dataset" type="xs:string" use="required"/>
<xs:attribute name="resource" type="xs:string" use="required"/>
<xs:attribute name="recordType" type="xs:string" use="required"/>
<xs:attribute name="version" type="xs:int"/>
<xs:attribute name="fetchedAt" type="xs:dateTime"/>
<xs:attribute name="license" type="xs:string" use="required"/>
<xs:attribute name="sample" type="xs:boolean" use="required"/>
</xs:complexType></xs:element>
</xs:schema>
`
}

function elements(nodes: readonly ColumnNode<DownloadColumn>[], labels: Labels): string {
  return nodes
    .map((node) => {
      if (node.kind === 'column') return valueElement(node.name, node.column, labels)
      return `<xs:element name="${node.name}" minOccurs="0"><xs:complexType><xs:sequence>\n${elements(node.nodes, labels)}\n</xs:sequence></xs:complexType></xs:element>`
    })
    .join('\n')
}

function valueElement(name: string, column: DownloadColumn, labels: Labels): string {
  const shape = shapeOf(column)
  const documentation = `<xs:annotation><xs:documentation xml:lang="vi">${xmlText(column.title.vi)}</xs:documentation><xs:documentation xml:lang="en">${xmlText(column.title.en)}</xs:documentation></xs:annotation>`
  const type = shape.list
    ? `<xs:complexType><xs:sequence><xs:element name="item" minOccurs="0" maxOccurs="unbounded">${simpleType(shape, labels)}</xs:element></xs:sequence></xs:complexType>`
    : simpleType(shape, labels)
  return `<xs:element name="${name}" minOccurs="0">${documentation}${type}</xs:element>`
}

function simpleType({ kind, codeList }: ValueShape, labels: Labels): string {
  const values =
    kind === 'code' && codeList !== undefined && labels === 'codes'
      ? codeList.values.map(({ value }) => `<xs:enumeration value="${xmlText(value)}"/>`).join('')
      : ''
  return `<xs:simpleType><xs:restriction base="${simpleTypes[kind]}">${values}</xs:restriction></xs:simpleType>`
}
