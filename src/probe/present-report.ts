import { stringify } from 'yaml'
import type { SourceFault } from '../errors/source-fault.js'
import type { ProbeReport } from './probe-report.js'
import { ProbeFault, ProbeReport as PresentedReport } from './report-objects.js'

/** The report as clients get it, over GraphQL and as JSON alike. */
export function presentReport(report: ProbeReport): PresentedReport {
  const { trial, manifest, fault } = report
  return Object.assign(new PresentedReport(), {
    publishable: fault === undefined,
    fault: fault === undefined ? null : presentFault(fault),
    driver: report.driver ?? null,
    resources: report.resources.map(({ name, selection, columns }) => ({
      name,
      selection,
      columns: columns.map(({ name: column, kind, list, convert, filled, empty, isUnique, samples, personal }) => ({
        ...{ name: column, kind, list, convert, filled, empty, isUnique, samples },
        personal: personal ?? null,
      })),
    })),
    candidates: report.candidates,
    newRecordType: report.newRecordType ?? null,
    manifest: manifest ?? null,
    manifestYaml: manifest === undefined ? null : stringify(manifest, { lineWidth: 0 }),
    read: trial.read,
    setAside: trial.setAside,
    partly: trial.partly,
    records: trial.records,
    problems: trial.problems.map(({ part, field, value, reason, ...place }) => ({
      ...place,
      part: part ?? null,
      field: field ?? null,
      value: value ?? null,
      ...reason,
    })),
    moreProblems: trial.moreProblems,
    personalData: trial.personalData.map(({ field, ...column }) => ({ ...column, field: field ?? null })),
    notes: report.notes.map(({ column, ...note }) => ({ ...note, column: column ?? null })),
  })
}

function presentFault(fault: SourceFault): ProbeFault {
  const { code, messageVi: vi, messageEn: en, retry } = fault
  return Object.assign(new ProbeFault(), { code, vi, en, retry })
}
