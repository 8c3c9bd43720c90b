import type { FastifyRequest } from 'fastify'

/** A refusal of a body; Fastify answers with its status. */
class BodyRefused extends Error {
  constructor(
    readonly statusCode: 400 | 415,
    message: string,
  ) {
    super(message)
  }
}

/** More than variables may have. What goes through a value level by level must not overflow the stack. */
const mostLevels = 150

const decoder = new TextDecoder('utf-8', { fatal: true })

type Done = (error: Error | null, body?: unknown) => void

/** JSON in UTF-8 only: another charset or a coding is refused, not guessed, and so are keys that poison prototypes. */
export function parseJsonStrictly(request: FastifyRequest, body: Buffer, done: Done): void {
  try {
    done(null, read(request, body))
  } catch (error) {
    done(error instanceof BodyRefused ? error : new BodyRefused(400, 'The body is not JSON.'))
  }
}

function read(request: FastifyRequest, body: Buffer): unknown {
  const { 'content-type': type = '', 'content-encoding': coding } = request.headers
  if (coding !== undefined && coding !== 'identity') throw new BodyRefused(415, '')
  // Only a charset may follow; whatever else is not what a client of GraphQL sends.
  if (!/^application\/json *(; *charset *= *"?utf-?8"? *)?;?$/i.test(type)) throw new BodyRefused(415, '')
  let text: string
  try {
    text = decoder.decode(body)
  } catch (error) {
    if (error instanceof TypeError) throw new BodyRefused(400, 'The body is not valid UTF-8.')
    throw error
  }
  if (levelsOf(text) > mostLevels) throw new BodyRefused(400, `The body is nested more than ${mostLevels} levels deep.`)
  // Looking at each key takes several times as long as the parsing: only where such a key can be.
  if (!/__proto__|\\u/.test(text)) return JSON.parse(text)
  return JSON.parse(text, (key, value: unknown) => {
    if (key === '__proto__') throw new BodyRefused(400, 'The body has a key that is not allowed.')
    return value
  })
}

/** How deep the objects and lists of a JSON text are nested. */
function levelsOf(text: string): number {
  let deepest = 0
  let level = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index += 1
      else if (character === '"') inString = false
    } else if (character === '"') {
      inString = true
    } else if (character === '{' || character === '[') {
      level += 1
      deepest = Math.max(deepest, level)
    } else if (character === '}' || character === ']') {
      level -= 1
    }
  }
  return deepest
}
