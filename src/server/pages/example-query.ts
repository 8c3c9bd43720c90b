import type { HomeDataset, HomeResource } from './home-data.js'

const scalars = new Set(['String', 'Int', 'Float', 'Boolean', 'Date', 'DateTime', 'BigInt', 'Decimal', 'URL', 'JSON'])

/** A query on the first records of a dataset, ready to run, with its source's state. */
export function exampleQuery(dataset: HomeDataset, { recordType }: HomeResource): string {
  const fields = recordType.fields
    // What is neither a scalar nor a code list is a relation, which needs a selection of its own.
    .filter(({ type, values }) => values !== null || scalars.has(type.replace(/[[\]!]/g, '')))
    .slice(0, 6)
    .map(({ name }) => `      ${name}`)
  return [
    '{',
    `  ${recordType.plural}(dataset: ["${dataset.code}"], first: 5) {`,
    '    totalCount',
    '    nodes {',
    '      key',
    ...fields,
    '    }',
    '    sources { resource state fetchedAt ageSeconds }',
    '  }',
    '}',
    '',
  ].join('\n')
}
