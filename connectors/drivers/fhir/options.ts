import { z } from 'zod'

const address = z.string().regex(/^https?:\/\//, { error: 'must begin with http:// or https://' })

/** Parameters that would bring resources of other types, or other than whole resources. */
const forbidden = /^(_include|_revinclude|_contained|_elements|_summary|_format)\b/

export const fhirOptions = z.strictObject({
  baseUrl: address.describe('The base address of the FHIR R4 server, such as https://example.org/fhir.'),
  keepHost: z
    .boolean()
    .default(false)
    .describe('Takes only path and query of next links: servers behind a proxy often name their inner host in them.'),
  headers: z.record(z.string().min(1), z.string()).default({}).describe('Sent to the host of `baseUrl` only.'),
})

export const fhirSelection = z.strictObject({
  resourceType: z
    .string()
    .regex(/^[A-Z][A-Za-z]{2,60}$/, { error: 'is not the name of a FHIR resource type' })
    .describe('Organization, Location, HealthcareService …; types about persons are refused.'),
  query: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_][\w.:-]*$/)
        .refine((name) => !forbidden.test(name), {
          error: 'would bring other or incomplete resources',
        }),
      z.union([z.string(), z.array(z.string()).min(1)]),
    )
    .default({})
    .describe('FHIR search parameters, such as type or active; a list repeats the parameter (and).'),
  pageSize: z.int().min(1).max(1_000).default(100).describe('Sent as _count; the server may give fewer.'),
})

export type FhirOptions = z.infer<typeof fhirOptions>
export type FhirSelection = z.infer<typeof fhirSelection>
