import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import type { Driver, ResourceDescription, Source, SourceObject, SourceRow } from '../driver.js'
import { ChangeWatch } from '../change-mark.js'
import { isSourceObject } from '../source-values.js'
import { objectsIn, resourceOf } from './answer-document.js'
import { fhirOptions, fhirSelection, type FhirOptions, type FhirSelection } from './options.js'
import { isPublishable } from './resource-types.js'
import { ask, endpoint, search } from './search.js'

/**
 * HL7 FHIR R4 (4.0.1) over REST with JSON: searches for resources about institutions, places and aggregates. A row is the
 * resource itself, for mappings with JMESPath.
 */
export const driver: Driver<FhirOptions, FhirSelection> = {
  name: 'fhir',
  title: { vi: 'Máy chủ HL7 FHIR R4', en: 'HL7 FHIR R4 server' },
  options: fhirOptions,
  selection: fhirSelection,
  // An unchanged first page says nothing of the pages after it.
  capabilities: { scan: true, lookupBatch: undefined, conditional: false, since: true },

  async check(source) {
    await capabilities(source)
  },

  async describe(source, sampleRows) {
    const described: ResourceDescription<FhirSelection>[] = []
    for (const type of searchableTypes(await capabilities(source))) {
      const description = await describeType(source, type, sampleRows)
      if (description !== undefined) described.push(description)
    }
    return described
  },

  async *scan(source, selection, since) {
    const watch = new ChangeWatch(since)
    let number = 0
    for await (const values of search(source, selection, since)) {
      number += 1
      watch.see(lastUpdated(values))
      yield { number, values }
    }
    // A server that does not say when each resource was changed cannot be asked for what changed either.
    if (!watch.isBlind && watch.latest !== undefined) source.mark(watch.latest)
  },
}

function lastUpdated({ meta }: SourceObject): string | undefined {
  const instant = isSourceObject(meta) ? meta['lastUpdated'] : undefined
  return typeof instant === 'string' ? instant : undefined
}

async function capabilities(source: Source<FhirOptions>): Promise<SourceObject> {
  const expected = worded('a CapabilityStatement of FHIR R4', 'CapabilityStatement của FHIR R4')
  const statement = await resourceOf(await ask(source, endpoint(source.options, 'metadata')), expected)
  if (statement['resourceType'] !== 'CapabilityStatement') {
    throw new SourceFault('NOT_DATA', {
      expected,
      detail: worded('another resource came', 'nhận được tài nguyên khác'),
    })
  }
  const version = statement['fhirVersion']
  if (typeof version !== 'string' || !version.startsWith('4.')) {
    throw new SourceFault('NOT_DATA', {
      expected,
      detail: worded('the server speaks another version of FHIR', 'máy chủ dùng phiên bản FHIR khác'),
    })
  }
  return statement
}

function searchableTypes(statement: SourceObject): string[] {
  const resources = objectsIn(statement['rest']).flatMap((rest) => objectsIn(rest['resource']))
  return resources.flatMap(({ type }) => (typeof type === 'string' && isPublishable(type) ? [type] : []))
}

/** Undefined when what the server has of this type turns out to be about persons. */
async function describeType(
  source: Source<FhirOptions>,
  resourceType: string,
  sampleRows: number,
): Promise<ResourceDescription<FhirSelection> | undefined> {
  const preview = fhirSelection.parse({ resourceType, pageSize: Math.max(1, sampleRows) })
  const sample: SourceRow[] = []
  try {
    for await (const values of search(source, preview)) {
      sample.push({ number: sample.length + 1, values })
      if (sample.length >= sampleRows) break
    }
  } catch (error) {
    if (error instanceof SourceFault && error.code === 'PERSONAL_DATA') return undefined
    throw error
  }
  const columns = new Set(sample.flatMap(({ values }) => Object.keys(values)))
  return { name: resourceType, selection: fhirSelection.parse({ resourceType }), columns: [...columns], sample }
}
