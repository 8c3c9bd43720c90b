import { Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import { Agency } from './agency.js'

/** One agency took over from another. */
@Entity({ schema: 'gateway', name: 'agency_succession' })
export class AgencySuccession {
  @PrimaryColumn('int', { name: 'predecessor_id' })
  predecessorId: number

  @PrimaryColumn('int', { name: 'successor_id' })
  successorId: number

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'predecessor_id' })
  predecessor: Relation<Agency>

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'successor_id' })
  successor: Relation<Agency>
}
