/** HL7's own code systems and extensions that the server uses. */
export const hl7 = {
  organizationType: 'http://terminology.hl7.org/CodeSystem/organization-type',
  serviceType: 'http://terminology.hl7.org/CodeSystem/service-type',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  roleCode: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  /** ISO 21090: the code of what a text says, here of the district in an address. */
  codedText: 'http://hl7.org/fhir/StructureDefinition/iso21090-SC-coding',
} as const

const own = 'https://soyte.example/fhir'

/** Made up, like the agency: there is no national FHIR naming system yet. */
export const local = {
  facilityCode: `${own}/sid/ma-cskcb`,
  pharmacyCode: `${own}/sid/ma-co-so-duoc`,
  siteCode: `${own}/sid/ma-co-so-tiem-chung`,
  tradeLicence: `${own}/sid/giay-chung-nhan-dkkdd`,
  vaccinationDeclaration: `${own}/sid/cong-bo-tiem-chung`,
  facilityKind: `${own}/CodeSystem/loai-hinh-cskcb`,
  ownership: `${own}/CodeSystem/so-huu`,
  pharmacyKind: `${own}/CodeSystem/hinh-thuc-kinh-doanh-duoc`,
  programme: `${own}/CodeSystem/hinh-thuc-tiem-chung`,
  register: `${own}/CodeSystem/so-quan-ly`,
  district: `${own}/CodeSystem/don-vi-hanh-chinh`,
  beds: `${own}/StructureDefinition/so-giuong-ke-hoach`,
} as const

export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

export function concept(...coding: readonly Coding[]): { coding: readonly Coding[] } {
  return { coding }
}
