// What a team writes by hand over these tables: the part of our public schema that the workloads ask for.
export const typeDefs = /* GraphQL */ `
  enum SchoolLevel {
    NURSERY
    KINDERGARTEN
    PRIMARY
    LOWER_SECONDARY
    UPPER_SECONDARY
  }
  enum UnitKind {
    PROVINCE
    DISTRICT
  }
  enum OrderDirection {
    ASC
    DESC
  }
  enum SchoolGroupField {
    DISTRICT
    LEVEL
  }
  input LevelFilter {
    eq: SchoolLevel
  }
  input KindFilter {
    eq: UnitKind
  }
  input StringFilter {
    eq: String
    gte: String
  }
  input IntFilter {
    eq: Int
    gte: Int
  }
  input SchoolWhere {
    code: StringFilter
    level: LevelFilter
    pupils: IntFilter
    classes: IntFilter
  }
  input AdministrativeUnitWhere {
    kind: KindFilter
    code: StringFilter
  }
  input SchoolOrder {
    name: OrderDirection
    pupils: OrderDirection
    distance: OrderDirection
  }
  input Near {
    latitude: Float!
    longitude: Float!
    km: Float!
  }
  input SchoolGroupBy {
    field: SchoolGroupField!
  }
  type School {
    key: ID!
    code: String
    name: String
    level: SchoolLevel
    ownership: String
    address: String
    classes: Int
    pupils: Int
    teachers: Int
    openedOn: String
    latitude: Float
    longitude: Float
    district: AdministrativeUnit
  }
  type SchoolEdge {
    cursor: String!
    node: School!
  }
  type SchoolGroupKey {
    district: DistrictKey
    level: SchoolLevel
  }
  type DistrictKey {
    key: ID!
  }
  type SchoolSum {
    pupils: String
  }
  type SchoolGroup {
    key: SchoolGroupKey!
    count: Int!
    sum: SchoolSum!
  }
  type SchoolConnection {
    nodes: [School!]!
    edges: [SchoolEdge!]!
    totalCount: Int!
    groupBy(by: [SchoolGroupBy!]!, first: Int): [SchoolGroup!]!
  }
  type AdministrativeUnit {
    key: ID!
    code: String
    name: String
    schools(first: Int = 20): SchoolConnection
  }
  type AdministrativeUnitConnection {
    nodes: [AdministrativeUnit!]!
  }
  type Beds {
    available: Int
    total: Int
  }
  type HealthFacility {
    key: ID!
    name: String
    freeBeds: Beds
  }
  type HealthFacilityConnection {
    nodes: [HealthFacility!]!
  }
  type Query {
    schools(
      first: Int = 20
      after: String
      where: SchoolWhere
      orderBy: [SchoolOrder!]
      search: String
      near: Near
    ): SchoolConnection
    administrativeUnits(first: Int = 20, where: AdministrativeUnitWhere): AdministrativeUnitConnection
    healthFacilities(first: Int = 20): HealthFacilityConnection
  }
`

export function encodeCursor({ datasetId, key }) {
  return Buffer.from(JSON.stringify([datasetId, key])).toString('base64url')
}

export function decodeCursor(text) {
  const [datasetId, key] = JSON.parse(Buffer.from(text, 'base64url').toString())
  return { datasetId, key }
}
