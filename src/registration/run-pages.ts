import DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import { In } from 'typeorm'
import { sql } from '../catalog/filters/sql-fragment.js'
import { existing, oneEach } from '../catalog/loaders/batch.js'
import { askLists, type ListQuestion } from '../catalog/loaders/list-batch.js'
import { keysetPages, keysetTotals, type KeysetList, type Page } from '../catalog/paging/keyset-pages.js'
import type { Slice } from '../catalog/paging/page-args.js'
import { ConnectorRun } from './entities/connector-run.js'
import { Connector } from './entities/connector.js'
import { SetAsideRow } from './entities/set-aside-row.js'

/** Connectors, their runs and the rows that these set aside, page by page: siblings share a statement. */
export interface RunLoaders {
  readonly runPage: DataLoader<ListQuestion<Slice>, Page, string>
  readonly runTotal: DataLoader<ListQuestion<'runs'>, number, string>
  readonly run: DataLoader<string, ConnectorRun | null>
  readonly connector: DataLoader<number, Connector>
  readonly setAsidePage: DataLoader<SetAsideQuestion, Page, string>
  /** By the run's id. */
  readonly setAsideTotal: DataLoader<string, number>
  readonly setAsideRow: DataLoader<string, SetAsideRow | null>
}

export interface SetAsideQuestion {
  /** A bigint. */
  readonly runId: string
  readonly slice: Slice
}

export const runList: KeysetList = {
  kind: 'runs',
  from: sql`gateway.run r`,
  below: sql`r.connector_id = parent.id`,
  where: [],
  // Exact up to 2^53, where an int4 is not enough.
  id: sql`r.id::float8`,
  keys: [{ name: 'id', expression: sql`r.id`, type: 'int8', nullable: false, direction: 'DESC' }],
}

/** Parents are ints and ids of runs are not: parent n is the nth of these runs. */
export function setAsideList(runIds: readonly string[]): KeysetList {
  return {
    kind: 'setAside',
    from: sql`gateway.set_aside_row s`,
    below: sql`s.run_id = (${runIds}::bigint[])[parent.id]`,
    where: [],
    id: sql`s.id::float8`,
    keys: [{ name: 'id', expression: sql`s.id`, type: 'int8', nullable: false, direction: 'ASC' }],
  }
}

export function createRunLoaders(manager: EntityManager): RunLoaders {
  return {
    runPage: askLists((slice, parents) => keysetPages(manager, runList, parents, slice)),
    runTotal: askLists((_, parents) => keysetTotals(manager, runList, parents)),
    run: oneEach<string, ConnectorRun>(
      (ids) => manager.getRepository(ConnectorRun).findBy({ id: In([...ids]) }),
      (run) => run.id,
    ),
    connector: existing<Connector>(
      'connector',
      (ids) => manager.getRepository(Connector).findBy({ id: In([...ids]) }),
      (connector) => connector.id,
    ),
    setAsidePage: new DataLoader<SetAsideQuestion, Page, string>(
      async (questions) => {
        const pages = new Map<string, Page>()
        const bySlice = Map.groupBy(questions, ({ slice }) => JSON.stringify(slice))
        for (const group of bySlice.values()) {
          const [first] = group
          if (first === undefined) continue
          const runIds = group.map(({ runId }) => runId)
          const found = await keysetPages(manager, setAsideList(runIds), places(runIds), first.slice)
          for (const [index, question] of group.entries()) {
            const page = found.get(index + 1)
            if (page !== undefined) pages.set(textOf(question), page)
          }
        }
        return questions.map((question) => pages.get(textOf(question)) ?? new Error('A page was not read.'))
      },
      { cacheKeyFn: textOf },
    ),
    setAsideTotal: new DataLoader<string, number>(async (runIds) => {
      const totals = await keysetTotals(manager, setAsideList(runIds), places(runIds))
      return runIds.map((_, index) => totals.get(index + 1) ?? 0)
    }),
    setAsideRow: oneEach<string, SetAsideRow>(
      (ids) => manager.getRepository(SetAsideRow).findBy({ id: In([...ids]) }),
      (row) => row.id,
    ),
  }
}

function places(runIds: readonly string[]): number[] {
  return runIds.map((_, index) => index + 1)
}

function textOf(question: SetAsideQuestion): string {
  return JSON.stringify(question)
}
