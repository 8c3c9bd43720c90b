import type { DriverFixture, Scenario } from '../conformance/driver-fixture.js'
import { serveScenario } from '../conformance/fixture-http.js'
import { pushSelection, type PushOptions, type PushSelection } from './options.js'

const number = { column: 'area', text: '1234.50' }

/** The suite's rows as a list of JSON objects; the other formats are those of the drivers csv and xlsx. */
export const fixture: DriverFixture<PushOptions, PushSelection> = {
  columns: { key: 'code', text: 'name', digits: 'postcode', number },
  paged: false,
  showsItsEnd: true,
  async serve(scenario) {
    const server = await serveScenario(scenario, () => ({ contentType: 'application/json', body: listOf(scenario) }))
    return server.as({ options: { url: `${server.url}/rows.json` }, selection: pushSelection.parse({}) })
  },
}

function listOf(scenario: Scenario): string {
  const rows = scenario.rows.map((row) => {
    const members = Object.entries(row).map(
      ([name, text]) => `${JSON.stringify(name)}: ${name === number.column ? text : JSON.stringify(text)}`,
    )
    return `  { ${members.join(', ')} }`
  })
  return `[\n${rows.join(',\n')}\n]\n`
}
