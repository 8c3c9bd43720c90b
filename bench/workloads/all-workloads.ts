import { z } from 'zod'
import { districtCodes, levelsWithPupils, pagesAfter, points, wordPairs } from './variations.js'
import type { Workload } from './workload.js'

const many = 64
const few = 4

const pageFields = 'key code name level ownership address classes pupils teachers openedOn'
const bedsDocument = '{ healthFacilities(first: 1000) { nodes { key name freeBeds { available total } } } }'
const bedsPostgraphile =
  '{ healthFacilities: allFacilities(first: 1000) { nodes { key: rowId name freeBeds { available total } } } }'

export function allWorkloads(rows: number): readonly Workload[] {
  return [
    {
      name: 'page',
      title: '100 rows × 10 fields after a cursor',
      connections: many,
      document: `query Page($after: String!) { schools(first: 100, after: $after) { nodes { ${pageFields} } } }`,
      postgraphile: `query Page($after: Cursor!) { schools: allSchools(first: 100, after: $after) { nodes { ${pageFields} } } }`,
      variations: pagesAfter(rows),
    },
    {
      name: 'filter',
      title: 'filter on two columns, by name, first 50',
      connections: many,
      document: `query Filter($level: SchoolLevel!, $pupils: Int!) {
        schools(first: 50, where: { level: { eq: $level }, pupils: { gte: $pupils } }, orderBy: [{ name: ASC }]) {
          nodes { key name level pupils address } } }`,
      postgraphile: `query Filter($level: String!, $pupils: Int!) {
        schools: allSchools(first: 50, filter: { level: { equalTo: $level }, pupils: { greaterThanOrEqualTo: $pupils } }, orderBy: [NAME_ASC, PRIMARY_KEY_ASC]) {
          nodes { key name level pupils address } } }`,
      variations: levelsWithPupils(300),
    },
    {
      name: 'filter-descending',
      title: 'filter on two columns, by a nullable number descending, first 50',
      connections: many,
      document: `query FilterDescending($level: SchoolLevel!) {
        schools(first: 50, where: { level: { eq: $level }, classes: { gte: 10 } }, orderBy: [{ pupils: DESC }]) {
          nodes { key name level pupils address } } }`,
      postgraphile: `query FilterDescending($level: String!) {
        schools: allSchools(first: 50, filter: { level: { equalTo: $level }, classes: { greaterThanOrEqualTo: 10 } }, orderBy: [PUPILS_DESC, PRIMARY_KEY_DESC]) {
          nodes { key name level pupils address } } }`,
      variations: levelsWithPupils(0).map(({ level }) => ({ level })),
    },
    {
      name: 'relation',
      title: '50 schools each with its district',
      connections: many,
      document:
        'query Relation($after: String!) { schools(first: 50, after: $after) { nodes { key name pupils district { code name } } } }',
      postgraphile:
        'query Relation($after: Cursor!) { schools: allSchools(first: 50, after: $after) { nodes { key name pupils district: districtByDistrictId { code name } } } }',
      variations: pagesAfter(rows),
    },
    {
      name: 'districts',
      title: '20 districts each with its first 10 schools and their count',
      connections: many,
      document: `query Districts($from: String!) {
        districts: administrativeUnits(first: 20, where: { kind: { eq: DISTRICT }, code: { gte: $from } }) {
          nodes { code name schools(first: 10) { totalCount nodes { key name pupils } } } } }`,
      postgraphile: `query Districts($from: String!) {
        districts: allDistricts(first: 20, filter: { kind: { equalTo: "DISTRICT" }, code: { greaterThanOrEqualTo: $from } }, orderBy: PRIMARY_KEY_ASC) {
          nodes { code name schools: schoolsByDistrictId(first: 10, orderBy: PRIMARY_KEY_ASC) { totalCount nodes { key name pupils } } } } }`,
      variations: districtCodes(),
    },
    {
      name: 'group-by',
      title: 'groupBy district and level over all rows',
      connections: few,
      document:
        '{ schools { groupBy(by: [{ field: DISTRICT }, { field: LEVEL }], first: 1000) { key { district { key } level } count sum { pupils } } } }',
      postgraphile: '{ schools: schoolGroups { nodes { districtId level count pupils } } }',
      variations: [{}],
      fromPostgraphile: fromSchoolGroups,
    },
    {
      name: 'search',
      title: 'search for two words, first 20',
      connections: few,
      document: 'query Search($words: String!) { schools(search: $words, first: 20) { nodes { key name address } } }',
      postgraphile:
        'query Search($words: String!) { schools: searchSchools(query: $words, first: 20) { nodes { key name address } } }',
      variations: wordPairs(),
    },
    {
      name: 'near',
      title: 'near 5 km, nearest first, first 50',
      connections: many,
      document: `query Near($latitude: Float!, $longitude: Float!) {
        schools(near: { latitude: $latitude, longitude: $longitude, km: 5 }, orderBy: [{ distance: ASC }], first: 50) {
          nodes { key name latitude longitude } } }`,
      postgraphile: `query Near($latitude: Float!, $longitude: Float!) {
        schools: nearSchools(lat: $latitude, lon: $longitude, km: 5, first: 50) { nodes { key name latitude longitude } } }`,
      variations: points(),
    },
    {
      name: 'count',
      title: 'totalCount',
      connections: many,
      document: '{ schools { totalCount } }',
      postgraphile: '{ schools: allSchools { totalCount } }',
      variations: [{}],
    },
    {
      name: 'count-filter',
      title: 'totalCount with a filter on two columns',
      connections: few,
      document: `query CountFilter($level: SchoolLevel!, $pupils: Int!) {
        schools(where: { level: { eq: $level }, pupils: { gte: $pupils } }) { totalCount } }`,
      postgraphile: `query CountFilter($level: String!, $pupils: Int!) {
        schools: allSchools(filter: { level: { equalTo: $level }, pupils: { greaterThanOrEqualTo: $pupils } }) { totalCount } }`,
      variations: levelsWithPupils(600),
    },
    {
      name: 'lookup-cold',
      title: '1,000 facilities with their free beds, nothing looked up before (one at a time)',
      connections: 1,
      document: bedsDocument,
      postgraphile: bedsPostgraphile,
      variations: [{}],
      cold: true,
    },
    {
      name: 'lookup-warm',
      title: '1,000 facilities with their free beds, looked up within the last hour',
      connections: 16,
      document: bedsDocument,
      postgraphile: bedsPostgraphile,
      variations: [{}],
    },
  ]
}

const schoolGroups = z.object({
  schools: z.object({
    nodes: z.array(
      z.object({ districtId: z.string(), level: z.string(), count: z.number(), pupils: z.string().nullable() }),
    ),
  }),
})

function fromSchoolGroups(data: unknown): unknown {
  const { nodes } = schoolGroups.parse(data).schools
  const groupBy = nodes.map(({ districtId, level, count, pupils }) => ({
    key: { district: { key: districtId }, level },
    count,
    sum: { pupils },
  }))
  return { schools: { groupBy } }
}
