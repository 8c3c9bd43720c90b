import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { findContradictions } from './plan-contradictions.js'
import { planAgency, planHead, planRow, planTheme } from './plan-entries.js'
import type { PlanAgency, PlanHead, PlanRow, PlanTheme } from './plan-entries.js'

export type PlanDataset = PlanRow & {
  /** The agencies of the theme while there is no lead; else none. */
  readonly candidateAgencies: readonly string[]
}

/** A publication plan: what is to be published, by whom, in which theme. In the order of the files. */
export interface PlanFile {
  readonly plan: PlanHead
  readonly themes: readonly PlanTheme[]
  readonly agencies: readonly PlanAgency[]
  readonly datasets: readonly PlanDataset[]
}

/** The files of a plan are wrong; one sentence a mistake, each with the file and the entry. */
export class PlanFileError extends Error {
  constructor(
    readonly folder: string,
    readonly problems: readonly string[],
  ) {
    super(`The plan in ${folder} cannot be used: ${problems.join(' ')}`)
    this.name = 'PlanFileError'
  }
}

/**
 * Reads plan.json, themes.json, agencies.json and datasets.json from a folder.
 * @throws PlanFileError with every mistake that was found, when a file is not readable or they contradict each other
 */
export async function loadPlan(folder: string): Promise<PlanFile> {
  const problems: string[] = []
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const parsed = schema.safeParse(await readJson(folder, name))
    if (parsed.success) return parsed.data
    problems.push(...parsed.error.issues.map((issue) => describe(name, issue)))
    return undefined
  }
  const head = await read('plan.json', planHead)
  const themes = await read('themes.json', planTheme.array())
  const agencies = await read('agencies.json', planAgency.array())
  const rows = await read('datasets.json', planRow.array())
  if (head === undefined || themes === undefined || agencies === undefined || rows === undefined) {
    throw new PlanFileError(folder, problems)
  }
  problems.push(...findContradictions({ plan: head, themes, agencies, rows }))
  if (problems.length > 0) throw new PlanFileError(folder, problems)

  const leadsOf = new Map(themes.map((entry) => [entry.code, entry.leadAgencies]))
  return {
    plan: head,
    themes,
    agencies,
    datasets: rows.map((row) => ({
      ...row,
      candidateAgencies: row.leadAgency === null ? (leadsOf.get(row.theme) ?? []) : [],
    })),
  }
}

async function readJson(folder: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, name), 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlanFileError(folder, [`${name} is not readable: ${reason}.`])
  }
}

function describe(file: string, issue: z.core.$ZodIssue): string {
  const [entry, ...field] = issue.path
  const where = typeof entry === 'number' ? `entry ${entry + 1}, ${field.join('.')}` : issue.path.join('.')
  return `${file}, ${where}: ${issue.message}.`
}
