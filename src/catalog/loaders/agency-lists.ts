import type DataLoader from 'dataloader'
import { Any, type EntityManager } from 'typeorm'
import { AgencySuccession } from '../entities/agency-succession.js'
import type { Agency } from '../entities/agency.js'
import { DatasetCandidateAgency } from '../entities/dataset-candidate-agency.js'
import { ThemeAgency } from '../entities/theme-agency.js'
import { listEach } from './batch.js'

/** The agencies that something names, by its id. */
export interface AgencyLists {
  readonly leadAgencies: DataLoader<number, Agency[]>
  readonly candidateAgencies: DataLoader<number, Agency[]>
  readonly predecessors: DataLoader<number, Agency[]>
  readonly successors: DataLoader<number, Agency[]>
}

export function agencyLists(manager: EntityManager): AgencyLists {
  const relations = { agency: true }
  return {
    leadAgencies: listEach(async (ids) => {
      const links = await manager.find(ThemeAgency, {
        where: { themeId: Any(ids) },
        relations,
        order: { position: 'ASC' },
      })
      return links.map(({ themeId, agency }) => ({ owner: themeId, value: agency }))
    }),
    candidateAgencies: listEach(async (ids) => {
      const where = { datasetId: Any(ids) }
      const links = await manager.find(DatasetCandidateAgency, { where, relations, order: { position: 'ASC' } })
      return links.map(({ datasetId, agency }) => ({ owner: datasetId, value: agency }))
    }),
    predecessors: listEach(async (ids) => {
      const links = await manager.find(AgencySuccession, {
        where: { successorId: Any(ids) },
        relations: { predecessor: true },
        order: { predecessor: { position: 'ASC' } },
      })
      return links.map(({ successorId, predecessor }) => ({ owner: successorId, value: predecessor }))
    }),
    successors: listEach(async (ids) => {
      const links = await manager.find(AgencySuccession, {
        where: { predecessorId: Any(ids) },
        relations: { successor: true },
        order: { successor: { position: 'ASC' } },
      })
      return links.map(({ predecessorId, successor }) => ({ owner: predecessorId, value: successor }))
    }),
  }
}
