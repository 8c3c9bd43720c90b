import { z } from 'zod'
import { anonymous } from '../../access/viewer.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { codeOf } from '../graphql/client-errors.js'
import type { Operations } from '../graphql/operations.js'

export type Language = 'vi' | 'en'

const query = /* GraphQL */ `
  query HomePage($lang: Language!, $search: String) {
    plan {
      title(lang: $lang)
    }
    themes {
      code
      number
      name(lang: $lang)
    }
    all: datasets(first: 1) {
      totalCount
    }
    published: datasets(where: { status: { eq: PUBLISHED } }, first: 1) {
      totalCount
    }
    datasets(search: $search, first: 1000) {
      totalCount
      nodes {
        code
        planRow
        title(lang: $lang)
        status
        sample
        recordCount
        theme {
          code
        }
        agency {
          name(lang: $lang)
        }
        duplicateOf {
          code
        }
        resources {
          name
          recordCount
          downloads {
            format
            url
            bytes
          }
          recordType {
            code
            plural
            title(lang: $lang)
            fields {
              name
              type
              values {
                value
              }
            }
          }
          source {
            state
            mode
            fetchedAt
            ageSeconds
            error {
              message(lang: $lang)
            }
          }
        }
      }
    }
  }
`

const resourceSchema = z.object({
  name: z.string(),
  recordCount: z.number(),
  downloads: z.array(z.object({ format: z.string(), url: z.string(), bytes: z.number().nullable() })),
  recordType: z.object({
    code: z.string(),
    plural: z.string(),
    title: z.string(),
    fields: z.array(
      z.object({ name: z.string(), type: z.string(), values: z.array(z.object({ value: z.string() })).nullable() }),
    ),
  }),
  source: z.object({
    state: z.enum(['FRESH', 'STALE', 'FAILED', 'NEVER_FETCHED']),
    mode: z.string(),
    fetchedAt: z.coerce.date().nullable(),
    ageSeconds: z.number().nullable(),
    error: z.object({ message: z.string() }).nullable(),
  }),
})
export type HomeResource = z.infer<typeof resourceSchema>

const datasetSchema = z.object({
  code: z.string(),
  planRow: z.number().nullable(),
  title: z.string(),
  status: z.string(),
  sample: z.boolean(),
  recordCount: z.number(),
  theme: z.object({ code: z.string() }).nullable(),
  agency: z.object({ name: z.string() }).nullable(),
  duplicateOf: z.object({ code: z.string() }).nullable(),
  resources: z.array(resourceSchema),
})
export type HomeDataset = z.infer<typeof datasetSchema>

const countSchema = z.object({ totalCount: z.number() })

const dataSchema = z.object({
  plan: z.object({ title: z.string() }),
  themes: z.array(z.object({ code: z.string(), number: z.string(), name: z.string() })),
  all: countSchema,
  published: countSchema,
  datasets: z.object({ totalCount: z.number(), nodes: z.array(datasetSchema) }),
})
export type HomeData = z.infer<typeof dataSchema>

/** What the page shows, asked of the gateway itself as anybody may. */
export async function loadHomeData(
  operations: Operations,
  lang: Language,
  search: string | undefined,
): Promise<HomeData> {
  const variables = { lang: lang.toUpperCase(), search: search ?? null }
  const abort = new AbortController()
  const started = await operations.begin(
    { transport: 'page', address: undefined },
    { query, variables },
    () => Promise.resolve(anonymous),
    abort,
  )
  if (!('document' in started)) throw new GatewayError('INTERNAL', 'The page could not be made.', { cause: started })
  const result = operations.forClient(await operations.execute(started))
  const away = result.errors?.find((error) => codeOf(error) === 'UNAVAILABLE')
  if (away !== undefined) throw new GatewayError('UNAVAILABLE', away.message, { cause: away })
  if (result.errors !== undefined && result.data === undefined) {
    throw new GatewayError('INTERNAL', 'The page could not be made.', { cause: result.errors })
  }
  return dataSchema.parse(result.data)
}
