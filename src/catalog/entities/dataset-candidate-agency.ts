import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import { Agency } from './agency.js'
import { Dataset } from './dataset.js'

/** An agency that may lead a dataset for which the plan names several. */
@Entity({ schema: 'gateway', name: 'dataset_candidate_agency' })
export class DatasetCandidateAgency {
  @PrimaryColumn('int', { name: 'dataset_id' })
  datasetId: number

  @PrimaryColumn('int', { name: 'agency_id' })
  agencyId: number

  @Column('int')
  position: number

  @ManyToOne(() => Dataset)
  @JoinColumn({ name: 'dataset_id' })
  dataset: Relation<Dataset>

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'agency_id' })
  agency: Relation<Agency>
}
