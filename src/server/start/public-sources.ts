import { In, type DataSource } from 'typeorm'
import { Resource } from '../../catalog/entities/resource.js'
import { sourceState } from '../../catalog/source-state.js'
import type { DescribeSources } from '../../records/query/run/unavailable.js'

/** The state of sources for the extensions of SOURCE_UNAVAILABLE, as `sources` of a connection would show it. */
export function describeSourcesIn(dataSource: DataSource): DescribeSources {
  return async (infos) => {
    const rows = await dataSource.getRepository(Resource).findBy({ id: In(infos.map(({ id }) => id)) })
    const now = new Date()
    return infos.flatMap(({ id, datasetCode }) => {
      const row = rows.find((each) => each.id === id)
      if (row === undefined) return []
      const { resource, state, mode, fetchedAt, ageSeconds, version, error } = sourceState(row, now)
      const shown = error === null ? null : { code: error.code, message: error.vi, messageEn: error.en, at: error.at }
      return [{ dataset: datasetCode, resource, state, mode, fetchedAt, ageSeconds, version, error: shown }]
    })
  }
}
