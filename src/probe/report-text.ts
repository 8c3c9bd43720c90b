import type { ProbeReport } from './report-objects.js'

const shownProblems = 50
const shownRecords = 5

/** The report for a person at a terminal. */
export function reportText(report: ProbeReport): string {
  const { fault, read, setAside, partly } = report
  return [
    ...section('Source', [
      `driver ${report.driver ?? '(unknown)'}`,
      ...report.resources.map(({ name, columns }) => `${name}: ${columns.map((column) => column.name).join(' | ')}`),
    ]),
    ...section(
      'Notes',
      report.notes.map(({ column, en, vi }) => `${column === null ? '' : `${column}: `}${en} / ${vi}`),
    ),
    ...section('Rows', [`${read} tried${partly ? ' (the source has more)' : ''}, ${setAside} set aside`]),
    ...section(
      'First records',
      report.records
        .slice(0, shownRecords)
        .map(({ row, key, values }) => `row ${row}, key ${key}: ${JSON.stringify(values)}`),
    ),
    ...section('Problems', [
      ...report.problems.slice(0, shownProblems).map(({ resource, part, row, field, value, en, vi }) => {
        const place = [resource, part, `row ${row}`, field].filter((text) => text !== null).join(', ')
        return `${place}: ${value === null ? '' : `"${value}" `}${en} / ${vi}`
      }),
      ...moreThan(report.problems.length + report.moreProblems - shownProblems),
    ]),
    ...section(
      'Suspected personal data',
      report.personalData.map(
        ({ column, field, kind, refuses }) =>
          `${column}${field === null ? '' : ` (field ${field})`}: ${kind}${refuses ? '; a run is refused for it' : '; not mapped'}`,
      ),
    ),
    fault === null ? 'OK: this would be published.' : `FAILS: ${fault.code}: ${fault.en} / ${fault.vi}`,
    '',
  ].join('\n')
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), '']
}

function moreThan(count: number): string[] {
  return count > 0 ? [`… and ${count} more`] : []
}
