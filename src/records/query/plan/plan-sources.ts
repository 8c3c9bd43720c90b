import type { ResourceInfo } from '../../sources.js'
import { argumentsOf, collectFields, subselections, type CollectedField } from './operation.js'
import { requestDatasets, type Planning } from './planning.js'
import type { SourceEntry, SourceErrorEntry } from './plan.js'

export function planSources(planning: Planning, field: CollectedField, scope: readonly ResourceInfo[]): SourceEntry[] {
  return collectFields(planning.operation, 'SourceState', subselections(field)).map((child): SourceEntry => {
    const { as, name } = child
    switch (name) {
      case 'resource':
      case 'state':
      case 'mode':
      case 'fetchedAt':
      case 'ageSeconds':
      case 'version':
        return { as, kind: name }
      case 'dataset':
        return { as, kind: 'dataset', selection: requestDatasets(planning, child.nodes, scope) }
      case 'error':
        return { as, kind: 'error', selection: planSourceError(planning, child) }
      default:
        return { as, kind: 'typename', name: 'SourceState' }
    }
  })
}

function planSourceError(planning: Planning, field: CollectedField): SourceErrorEntry[] {
  return collectFields(planning.operation, 'SourceError', subselections(field)).map((child): SourceErrorEntry => {
    const { as, name } = child
    switch (name) {
      case 'code':
      case 'at':
        return { as, kind: name }
      case 'message': {
        const { lang } = argumentsOf(planning.operation, 'SourceError', child)
        return { as, kind: 'message', language: lang === 'EN' ? 'EN' : 'VI' }
      }
      default:
        return { as, kind: 'typename', name: 'SourceError' }
    }
  })
}
