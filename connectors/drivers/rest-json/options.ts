import { z } from 'zod'
import { pathExpression } from '../path-expression.js'

const path = pathExpression
  .max(500)
  .describe('A JMESPath expression; for most sources a dotted path such as data.items.')

const parameters = z.record(z.string().min(1), z.string())

/** The address may hold `{keys}`: it then answers only for the keys of a lookup. */
const address = z.string().regex(/^https?:\/\//, { error: 'must begin with http:// or https://' })

export const restJsonOptions = z.strictObject({
  url: address.describe('The address of the service; the `path` of a resource is appended to it.'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: parameters
    .default({})
    .describe('Sent to the host of `url` only, never to another one that a link leads to.'),
  query: parameters.default({}),
  body: z.record(z.string(), z.json()).optional().describe('The JSON body of a POST.'),
  probe: z
    .string()
    .optional()
    .describe('A path or query (`?ids=0`) below `url` that answers by itself; for checks and previews.'),
})

const place = z.enum(['query', 'body']).default('query').describe('Where the parameters go; `body` needs POST.')

/**
 * When a source has no more. `emptyPage` costs a request more but is right even if the source silently lowers the page size;
 * `shortPage` trusts the size; `lastLink` follows links and cursors until there is none, over empty pages too. A `total`
 * ends the reading as well, and is always checked against what was read.
 */
const countedStop = z.enum(['emptyPage', 'shortPage']).default('emptyPage')
const linkedStop = z.enum(['emptyPage', 'lastLink']).default('emptyPage')

const paging = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('page'),
    parameter: z.string().min(1).default('page'),
    sizeParameter: z.string().min(1).optional(),
    size: z.int().min(1).max(10_000).default(100),
    first: z.int().min(0).max(1).default(1),
    stop: countedStop,
    in: place,
  }),
  z.strictObject({
    kind: z.literal('offset'),
    parameter: z.string().min(1).default('offset'),
    limitParameter: z.string().min(1).default('limit'),
    limit: z.int().min(1).max(10_000).default(100),
    stop: countedStop,
    in: place,
  }),
  z.strictObject({
    kind: z.literal('cursor'),
    parameter: z.string().min(1),
    path: path.describe('Where the answer has the cursor of the next page.'),
    stop: linkedStop,
    in: place,
  }),
  z.strictObject({
    kind: z.literal('nextLink'),
    path: path
      .optional()
      .describe('Where the answer has the link; without it the HTTP header Link (rel="next") counts.'),
    keepHost: z
      .boolean()
      .default(false)
      .describe('Takes only path and query of a link: services behind a proxy often name their inner host in it.'),
    stop: linkedStop,
  }),
])

/** How the source is asked for some keys only. */
const keyedLookup = z.strictObject({
  parameter: z
    .string()
    .min(1)
    .optional()
    .describe('The parameter that takes the keys; without it the address has the placeholder {keys}.'),
  in: place.describe('`body`: the keys are sent as a list in the JSON body of a POST.'),
  separator: z.string().min(1).max(3).default(',').describe('Between keys; `&` repeats the parameter for each key.'),
  batch: z.int().min(1).max(200).default(200).describe('Most keys in one request.'),
  keyField: path.describe('Where an item has its key; answers are matched by it, never by position.'),
  items: path.optional().describe('The list in the answer; without it that of the resource.'),
  unknownStatus: z
    .int()
    .min(400)
    .max(499)
    .optional()
    .describe('The HTTP status that means that no key is known (404).'),
})

/** How the source is asked only for what has changed. Used when the manifest says how often everything is read (`refresh.full`). */
const changedSince = z.strictObject({
  parameter: z.string().min(1).describe('The parameter that takes the mark: only what changed after it is answered.'),
  template: z
    .string()
    .includes('{since}', { error: 'must have {since} where the mark is to stand' })
    .default('{since}')
    .describe('What the parameter is set to, such as gt{since} or updated_at>{since}.'),
  in: place,
  field: path.describe(
    'Where an item has the time or the growing number of its last change; the greatest is the mark.',
  ),
  overlapSeconds: z
    .int()
    .min(0)
    .max(7 * 24 * 3600)
    .default(60)
    .describe(
      'Asked for once more: what became visible late, or at the very same moment, is not missed. Of days whole ones: at least the day of the mark.',
    ),
  overlapNumbers: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(1)
    .describe('The same for a growing number, in its own steps: 1 asks for the rows of the mark itself once more.'),
})

export const restJsonSelection = z.strictObject({
  path: z.string().optional().describe('Appended to the address of the service; may hold {keys}.'),
  query: parameters.optional(),
  items: path.default('@').describe('The list of rows in the answer; `@` when the answer itself is the list.'),
  total: path.optional().describe('Where the answer says how many rows there are over all pages.'),
  paging: paging.default({ kind: 'none' }),
  lookup: keyedLookup.optional(),
  since: changedSince.optional(),
})

export type RestJsonOptions = z.infer<typeof restJsonOptions>
export type RestJsonSelection = z.infer<typeof restJsonSelection>
export type Paging = z.infer<typeof paging>
export type KeyedLookup = z.infer<typeof keyedLookup>
