import protobuf from 'protobufjs'

/** A field as it goes over the wire: strings and nested fields by length, [float], bigint and number as varints. */
export type Wire = readonly [
  field: number,
  value: string | number | bigint | { readonly float: number } | readonly Wire[],
]

function encode(fields: readonly Wire[], writer = protobuf.Writer.create()): protobuf.Writer {
  for (const [field, value] of fields) {
    if (typeof value === 'string') writer.uint32((field << 3) | 2).string(value)
    else if (typeof value === 'number') writer.uint32(field << 3).int32(value)
    else if (typeof value === 'bigint') writer.uint32(field << 3).uint64(String(value))
    else if ('float' in value) writer.uint32((field << 3) | 5).float(value.float)
    else encode(value, writer.uint32((field << 3) | 2).fork()).ldelim()
  }
  return writer
}

export const header: Wire = [
  1,
  [
    [1, '2.0'],
    [3, 1_749_416_906n],
  ],
]
export const position = (latitude: number, longitude: number, ...more: Wire[]): Wire => [
  2,
  [[1, { float: latitude }], [2, { float: longitude }], ...more],
]
export const vehicle = (id: string, ...fields: Wire[]): Wire => [
  2,
  [
    [1, id],
    [4, fields],
  ],
]
export const message = (...fields: Wire[]) => encode(fields).finish()
