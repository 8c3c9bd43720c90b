import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'

/**
 * The FHIR R4 resource types that speak of institutions, places, services, vocabularies and aggregates. Everything else is
 * about a person, or could be: patients and what was done to them, practitioners, schedules, devices in a body.
 */
const publishableTypes = [
  'ActivityDefinition',
  'CapabilityStatement',
  'CodeSystem',
  'ConceptMap',
  'Endpoint',
  'HealthcareService',
  'InsurancePlan',
  'Library',
  'Location',
  'Measure',
  'MeasureReport',
  'Medication',
  'MedicationKnowledge',
  'NamingSystem',
  'Organization',
  'OrganizationAffiliation',
  'PlanDefinition',
  'Questionnaire',
  'Substance',
  'ValueSet',
] as const

const publishable: ReadonlySet<string> = new Set(publishableTypes)

/** Types that carry an answer of the server itself. */
const messages: ReadonlySet<string> = new Set(['Bundle', 'OperationOutcome', 'Parameters'])

export function isPublishable(type: string): boolean {
  return publishable.has(type)
}

/** Refuses a type that is about persons, before anything is asked and again for what comes. */
export function refusePersonalType(type: string): void {
  if (isPublishable(type) || messages.has(type)) return
  throw new SourceFault('PERSONAL_DATA', {
    field: type,
    kind: worded('a FHIR resource type about persons', 'loại tài nguyên FHIR về con người'),
  })
}
