import { z } from 'zod'

const address = z.url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
const actionPath = z.string().regex(/^\//, { error: 'must begin with /' })
const name = z.string().min(1).max(300)

const actions = z.strictObject({
  packageShow: actionPath.default('/api/3/action/package_show'),
  datastoreSearch: actionPath.default('/api/3/action/datastore_search'),
})

export const ckanOptions = z
  .strictObject({
    endpoint: address.describe(
      'The address of the portal, such as https://opendata.example.vn; /api/3/action/… is below it.',
    ),
    package: name.optional().describe('The dataset on the portal, by its name (the last part of its address) or id.'),
    resource: name.optional().describe('The resource, by its name or id; without a `package` only by its id.'),
    actions: actions
      .prefault({})
      .describe('Where the actions are, for portals of another make: DKAN has /api/action/datastore/search.json.'),
    reliesOnTimes: z
      .boolean()
      .default(true)
      .describe(
        'Reads no rows as long as the portal says that the uploaded file is the same; `false` for a portal where rows are changed without that.',
      ),
  })
  .refine((given) => given.package !== undefined || given.resource !== undefined, {
    error: 'needs a package or the id of a resource',
  })

const filterValue = z.union([z.string(), z.number(), z.boolean()])

export const ckanSelection = z.strictObject({
  resource: name
    .optional()
    .describe('The resource in the package, by its name or id, when it is not the one of the options.'),
  filters: z
    .record(z.string().min(1), z.union([filterValue, z.array(filterValue).min(1)]))
    .optional()
    .describe('Only rows with these values, such as { nam: [2024, 2025] }.'),
  fields: z.array(z.string().min(1)).min(1).optional().describe('Only these columns; all when left out.'),
  sort: z
    .string()
    .default('_id')
    .describe(
      'A column without duplicates, so that pages neither overlap nor leave gaps. CKAN has `_id`; other makes may not, and may take an empty text for their own order.',
    ),
  pageSize: z.int().min(1).max(32_000).default(1_000).describe('Most portals give at most 32 000 rows at once.'),
  query: z
    .record(z.string().min(1), z.string())
    .default({})
    .describe('Further parameters, for portals of another make: DKAN filters by `filters[name]`.'),
})

export type CkanOptions = z.infer<typeof ckanOptions>
export type CkanSelection = z.infer<typeof ckanSelection>
