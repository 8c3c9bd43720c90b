import type { Facility, FacilityKind } from './facilities.js'
import { facilities } from './facilities.js'
import { pharmacies, type Pharmacy } from './pharmacies.js'
import type { Site } from './site.js'
import { concept, hl7, local, type Coding } from './terminology.js'
import { vaccinationSites, type VaccinationSite } from './vaccination-sites.js'

/** A FHIR resource with the codes that a search can ask for, by search parameter. */
export interface StoredResource {
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
  readonly tokens: Readonly<Record<string, readonly Coding[]>>
}

export type ResourceType = 'Organization' | 'Location' | 'HealthcareService'

const facilityKinds: Readonly<Record<FacilityKind, string>> = {
  BVDK: 'Bệnh viện đa khoa',
  BVCK: 'Bệnh viện chuyên khoa',
  TTYT: 'Trung tâm y tế',
  PKDK: 'Phòng khám đa khoa',
  TYT: 'Trạm y tế',
}
const meta = { lastUpdated: '2025-06-30T08:00:00+07:00' }
const provider: Coding = { system: hl7.organizationType, code: 'prov', display: 'Healthcare Provider' }
const immunization: Coding = { system: hl7.serviceType, code: '57', display: 'Immunization' }
const register = (code: 'CSKCB' | 'DUOC' | 'TC'): Coding => ({ system: local.register, code })

/** Everything on the server. A service's or facility's Location has the same id as itself. */
export const resources: Readonly<Record<ResourceType, readonly StoredResource[]>> = {
  Organization: facilities.map(organization),
  Location: [
    ...facilities.map((facility) => {
      const managing = { managingOrganization: { reference: `Organization/${facility.code}` } }
      const role = facility.kind === 'BVDK' || facility.kind === 'BVCK' ? 'HOSP' : 'OF'
      return location(facility, [register('CSKCB'), { system: hl7.roleCode, code: role }], managing)
    }),
    ...pharmacies.map((pharmacy) =>
      location(pharmacy, [register('DUOC'), { system: hl7.roleCode, code: 'PHARM' }], {}),
    ),
    ...vaccinationSites.map((site) => {
      const partOf = site.facility === undefined ? {} : { partOf: { reference: `Location/${site.facility.code}` } }
      return location(site, [register('TC'), { system: hl7.roleCode, code: 'OF' }], partOf)
    }),
  ],
  HealthcareService: [...pharmacies.map(pharmacyService), ...vaccinationSites.map(vaccinationService)],
}

function organization(facility: Facility): StoredResource {
  const kind = { system: local.facilityKind, code: facility.kind, display: facilityKinds[facility.kind] }
  const ownership = { system: local.ownership, code: facility.ownership }
  const body = {
    resourceType: 'Organization',
    id: facility.code,
    meta,
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${facility.name}</div>` },
    ...(facility.beds !== undefined && { extension: [{ url: local.beds, valueInteger: facility.beds }] }),
    identifier: [{ use: 'official', system: local.facilityCode, value: facility.code }],
    active: facility.active,
    type: [concept(provider, kind), concept(ownership)],
    name: facility.name,
    ...(facility.phone !== undefined && { telecom: [{ system: 'phone', value: facility.phone, use: 'work' }] }),
    address: [addressOf(facility)],
  }
  return { id: facility.code, body, tokens: { active: [flag(facility.active)], type: [provider, kind, ownership] } }
}

function location(site: Site & { code: string }, type: readonly Coding[], relations: object): StoredResource {
  const body = {
    resourceType: 'Location',
    id: site.code,
    meta,
    status: 'active',
    name: site.name,
    mode: 'instance',
    type: [concept(...type)],
    address: addressOf(site),
    ...(site.position !== undefined && { position: site.position }),
    ...relations,
  }
  return { id: site.code, body, tokens: { type, status: [{ system: '', code: 'active' }] } }
}

function pharmacyService(pharmacy: Pharmacy): StoredResource {
  const kind = { system: local.pharmacyKind, code: pharmacy.kind }
  const licence = { value: pharmacy.licenceNumber, period: { start: pharmacy.licensedOn } }
  return service(pharmacy, register('DUOC'), kind, {
    identifier: [
      { use: 'official', system: local.pharmacyCode, value: pharmacy.code },
      { type: concept({ system: hl7.identifierType, code: 'LN' }), system: local.tradeLicence, ...licence },
    ],
  })
}

function vaccinationService(site: VaccinationSite): StoredResource {
  const { facility, phone } = site
  return service(site, register('TC'), immunization, {
    identifier: [
      { use: 'official', system: local.siteCode, value: site.code },
      { system: local.vaccinationDeclaration, value: site.licenceNumber },
    ],
    ...(facility !== undefined && {
      providedBy: { reference: `Organization/${facility.code}`, display: facility.name },
    }),
    program: [concept({ system: local.programme, code: site.programme })],
    ...(phone !== undefined && { telecom: [{ system: 'phone', value: phone, use: 'work' }] }),
  })
}

function service(site: Site & { code: string }, category: Coding, type: Coding, rest: object): StoredResource {
  const body = {
    resourceType: 'HealthcareService',
    id: site.code,
    meta,
    active: true,
    category: [concept(category)],
    type: [concept(type)],
    name: site.name,
    location: [{ reference: `Location/${site.code}` }],
    ...rest,
  }
  const tokens = { active: [flag(true)], 'service-category': [category], 'service-type': [type] }
  return { id: site.code, body, tokens }
}

function addressOf({ address, district }: Site): object {
  const coding = { system: local.district, code: district.code, display: district.name }
  return {
    use: 'work',
    text: `${address}, ${district.name.charAt(0).toLowerCase()}${district.name.slice(1)}`,
    line: [address],
    district: district.name,
    // How FHIR's JSON puts an extension on a plain text.
    _district: { extension: [{ url: hl7.codedText, valueCoding: coding }] },
    state: 'Bình Định',
    country: 'VN',
  }
}

function flag(value: boolean): Coding {
  return { system: 'http://terminology.hl7.org/CodeSystem/special-values', code: String(value) }
}
