import { ApiKey } from '../access/api-key.js'
import { AgencySuccession } from './entities/agency-succession.js'
import { Agency } from './entities/agency.js'
import { DatasetCandidateAgency } from './entities/dataset-candidate-agency.js'
import { DatasetRelated } from './entities/dataset-related.js'
import { DatasetVersion } from './entities/dataset-version.js'
import { Dataset } from './entities/dataset.js'
import { Plan } from './entities/plan.js'
import { Resource } from './entities/resource.js'
import { ThemeAgency } from './entities/theme-agency.js'
import { Theme } from './entities/theme.js'

/** The entities of the control plane, for `openControlDatabase`. */
export const controlEntities = [
  Plan,
  Theme,
  Agency,
  AgencySuccession,
  ThemeAgency,
  Dataset,
  DatasetCandidateAgency,
  DatasetRelated,
  DatasetVersion,
  Resource,
  ApiKey,
]
