import { Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import { Dataset } from './dataset.js'

/** A dataset that overlaps with another; kept in both directions. */
@Entity({ schema: 'gateway', name: 'dataset_related' })
export class DatasetRelated {
  @PrimaryColumn('int', { name: 'dataset_id' })
  datasetId: number

  @PrimaryColumn('int', { name: 'related_id' })
  relatedId: number

  @ManyToOne(() => Dataset)
  @JoinColumn({ name: 'dataset_id' })
  dataset: Relation<Dataset>

  @ManyToOne(() => Dataset)
  @JoinColumn({ name: 'related_id' })
  related: Relation<Dataset>
}
