import { createAgricultureAgency } from './agriculture/agriculture-agency.js'
import { createCultureSportsAgency } from './culture-sports/culture-sports-agency.js'
import { createConstructionAgency } from './construction/construction-agency.js'
import { createEducationAgency } from './education/education-agency.js'
import { createEnvironmentAgency } from './environment/environment-agency.js'
import { createFinanceAgency } from './finance/finance-agency.js'
import { createExternalRelationsAgency } from './external-relations/external-relations-agency.js'
import { createHealthAgency } from './health/health-agency.js'
import { createHealthOffice } from './health-office/health-office.js'
import { createIndustryTradeAgency } from './industry-trade/industry-trade-agency.js'
import { createInformationCommunicationsAgency } from './information-communications/information-communications-agency.js'
import { createJusticeAgency } from './justice/justice-agency.js'
import { createLabourAgency } from './labour/labour-agency.js'
import { createPlanningInvestmentAgency } from './planning-investment/planning-investment-agency.js'
import type { SampleAgency } from './sample-agency.js'
import { createScienceTechnologyAgency } from './science-technology/science-technology-agency.js'
import { createSocialInsuranceAgency } from './social-insurance/social-insurance-agency.js'
import { createTourismAgency } from './tourism/tourism-agency.js'
import { createTransportAgency } from './transport/transport-agency.js'
import { createTransportOffice } from './transport-office/transport-office.js'

/** The sample agencies by code, in the order of their ports. They are made when they are run. */
export const sampleAgencies: ReadonlyMap<string, () => SampleAgency> = new Map<string, () => SampleAgency>([
  ['education', createEducationAgency],
  ['transport', createTransportAgency],
  ['health', createHealthAgency],
  ['industry-trade', createIndustryTradeAgency],
  ['information-communications', createInformationCommunicationsAgency],
  ['labour', createLabourAgency],
  ['planning-investment', createPlanningInvestmentAgency],
  ['science-technology', createScienceTechnologyAgency],
  ['environment', createEnvironmentAgency],
  ['agriculture', createAgricultureAgency],
  ['finance', createFinanceAgency],
  ['tourism', createTourismAgency],
  ['culture-sports', createCultureSportsAgency],
  ['justice', createJusticeAgency],
  ['social-insurance', createSocialInsuranceAgency],
  ['construction', createConstructionAgency],
  ['external-relations', createExternalRelationsAgency],
  ['transport-office', createTransportOffice],
  ['health-office', createHealthOffice],
])
