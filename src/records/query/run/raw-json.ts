/** JSON that Postgres built, on its way to the client: a value of a result that is never parsed. */
export class RawJson {
  constructor(readonly bytes: Buffer) {}

  get text(): string {
    return this.bytes.toString()
  }
}

/** A result as JSON text, with raw values spliced in. */
export function stringifyResult(value: unknown): string {
  return encodeResult(value).toString()
}

/** The same in UTF-8: raw values are copied once, and are never text in between. */
export function encodeResult(value: unknown): Buffer {
  const encoder = new Encoder()
  encoder.add(value)
  return encoder.finish()
}

class Encoder {
  private readonly parts: Buffer[] = []
  private text = ''

  add(value: unknown): void {
    if (value instanceof RawJson) {
      this.parts.push(Buffer.from(this.text), value.bytes)
      this.text = ''
    } else if (typeof value !== 'object' || value === null || 'toJSON' in value) {
      this.text += value === undefined ? 'null' : JSON.stringify(value)
    } else if (Array.isArray(value)) {
      this.text += '['
      for (const [index, each] of value.entries()) {
        if (index > 0) this.text += ','
        this.add(each)
      }
      this.text += ']'
    } else {
      this.addObject(value)
    }
  }

  finish(): Buffer {
    const rest = Buffer.from(this.text)
    return this.parts.length === 0 ? rest : Buffer.concat([...this.parts, rest])
  }

  private addObject(value: object): void {
    this.text += '{'
    let separator = ''
    for (const [key, each] of Object.entries(value)) {
      if (each === undefined || typeof each === 'function') continue
      this.text += `${separator}${JSON.stringify(key)}:`
      separator = ','
      this.add(each)
    }
    this.text += '}'
  }
}
