import { z } from 'zod'
import { encodings } from '../../connectors/drivers/text-encoding/encodings.js'
import { tlsSchema } from '../connectors/outbound/certificate-authority.js'
import { credentialsSchema } from '../connectors/outbound/credentials.js'
import { GatewayError } from '../errors/gateway-error.js'

const code = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'write lower-case words joined by -, such as primary-schools')

/** What may be probed: an address, a driver with its options, or a whole manifest. */
const probeInputSchema = z.strictObject({
  url: z.string().max(2000).optional(),
  driver: z.string().max(50).optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  selection: z.unknown().optional(),
  /** Name of the sheet, list or file to look at; the largest one when it is left out. */
  resource: z.string().max(200).optional(),
  /** The existing record type to map onto, or the name of the new one. */
  recordType: z
    .string()
    .regex(/^[A-Z][A-Za-z0-9]{0,50}$/, 'write a name such as School')
    .optional(),
  connector: code.optional(),
  dataset: code.optional(),
  title: z.string().min(1).max(200).optional(),
  /** Of a text file that is not in UTF-8. */
  encoding: z.enum(encodings).optional(),
  manifest: z.unknown().optional(),
  /** A record type that is not public yet and that the manifest maps onto. */
  schema: z.record(z.string(), z.unknown()).optional(),
  credentials: credentialsSchema.optional(),
  /** As in a manifest, which the proposed one then has as well. */
  tls: tlsSchema.optional(),
})
export type ProbeInput = z.infer<typeof probeInputSchema>

/** Throws BAD_USER_INPUT with everything that is wrong with the input. */
export function parseProbeInput(given: unknown): ProbeInput {
  const parsed = probeInputSchema.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    const message = problems.map(({ path, message: text }) => (path === '' ? text : `${path}: ${text}`)).join('\n')
    throw new GatewayError('BAD_USER_INPUT', message, { extensions: { problems } })
  }
  const { manifest, url, driver } = parsed.data
  if (manifest === undefined && url === undefined && driver === undefined) {
    throw new GatewayError('BAD_USER_INPUT', 'Give a url, a driver with its options, or a whole manifest.')
  }
  return parsed.data
}
