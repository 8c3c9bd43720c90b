import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import { Agency } from './agency.js'
import { Theme } from './theme.js'

/** An agency that leads a theme. */
@Entity({ schema: 'gateway', name: 'theme_agency' })
export class ThemeAgency {
  @PrimaryColumn('int', { name: 'theme_id' })
  themeId: number

  @PrimaryColumn('int', { name: 'agency_id' })
  agencyId: number

  @Column('int')
  position: number

  @ManyToOne(() => Theme)
  @JoinColumn({ name: 'theme_id' })
  theme: Relation<Theme>

  @ManyToOne(() => Agency)
  @JoinColumn({ name: 'agency_id' })
  agency: Relation<Agency>
}
