import { join } from 'node:path'
import { z } from 'zod'
import type { Variables, Workload } from '../workloads/workload.js'
import type { Contestant } from './contestant.js'

const bench = join(import.meta.dirname, '..')
const typescript = ['--import', join(bench, 'typescript.mjs')]

// As `npm start`.
const gateway = ['--max-semi-space-size=8', join(bench, '..', 'dist', 'src', 'main.js')]

const edges = z.object({ schools: z.object({ edges: z.array(z.object({ cursor: z.string() })).min(1) }) })

const cursorInEdges = (data: unknown): unknown => edges.parse(data).schools.edges[0]?.cursor

const inOurWords = {
  body: (workload: Workload, variables: Variables) => JSON.stringify({ query: workload.document, variables }),
  cursor: (code: string) => ({
    body: JSON.stringify({
      query: 'query Cursor($code: String!) { schools(first: 1, where: { code: { eq: $code } }) { edges { cursor } } }',
      variables: { code },
    }),
    in: cursorInEdges,
  }),
  normalise: (_workload: Workload, data: unknown) => data,
}

const limit: Contestant = {
  name: 'limit',
  title: 'limit: node:http + pg, JSON built by Postgres',
  launch: ({ databaseUrl, bedsUrl }) => ({
    words: [...typescript, join(bench, 'limit', 'server.ts')],
    environment: { DATABASE_URL: databaseUrl, BEDS_URL: bedsUrl },
  }),
  body: (workload, variables) => JSON.stringify({ workload: workload.name, variables }),
  cursor: (code) => ({
    body: JSON.stringify({ workload: 'position', variables: { code } }),
    in: (data) => z.object({ position: z.string() }).parse(data).position,
  }),
  normalise: (_workload, data) => data,
  keepsBeds: false,
}

const ours: Contestant = {
  name: 'ours',
  title: 'ours, without cached answers',
  launch: ({ databaseUrl }) => ({
    words: [...profiling(), ...gateway],
    environment: {
      DATABASE_URL: databaseUrl,
      PORT: '0',
      SAMPLE_AGENCIES: 'off',
      ADMIN_TOKEN: 'bench-administrator',
      OUTBOUND_ALLOW: '127.0.0.1',
      LOG_LEVEL: 'error',
      ANSWER_CACHE_MB: '0',
    },
    portIn: (line) => {
      const found = /^\s*Page\s+http:\/\/127\.0\.0\.1:(\d+)\/$/.exec(line)
      return found === null ? undefined : Number(found[1])
    },
  }),
  ...inOurWords,
  keepsBeds: false,
}

/** The same with cached answers, which a ratio to the limit says little about. */
const oursCached: Contestant = {
  ...ours,
  name: 'ours-cached',
  title: 'ours, answers cached',
  workloads: ['page', 'filter', 'relation'],
  launch: (surroundings) => {
    const { environment, ...launch } = ours.launch(surroundings)
    return { ...launch, environment: { ...environment, ANSWER_CACHE_MB: '32' } }
  },
}

/** BENCH_PROFILE=<folder> writes a CPU profile of our server there when it stops. */
function profiling(): string[] {
  const folder = process.env['BENCH_PROFILE']
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`]
}

function peer(name: string, title: string): Pick<Contestant, 'name' | 'title' | 'launch' | 'keepsBeds'> {
  return {
    name,
    title,
    launch: ({ databaseUrl, bedsUrl }) => ({
      words: [join(bench, 'peers', `${name}.mjs`)],
      environment: { DATABASE_URL: databaseUrl, BEDS_URL: bedsUrl },
    }),
    keepsBeds: true,
  }
}

const postgraphile: Contestant = {
  ...peer('postgraphile', 'PostGraphile 5'),
  body: (workload, variables) => JSON.stringify({ query: workload.postgraphile, variables }),
  cursor: (code) => ({
    body: JSON.stringify({
      query:
        'query Cursor($code: String!) { schools: allSchools(first: 1, condition: { code: $code }) { edges { cursor } } }',
      variables: { code },
    }),
    in: cursorInEdges,
  }),
  normalise: (workload, data) => workload.fromPostgraphile?.(data) ?? data,
}

/** The limit first: the others are told as ratios to it. */
export const allContestants: readonly Contestant[] = [
  limit,
  ours,
  { ...peer('mercurius', 'Mercurius + graphql-jit'), ...inOurWords },
  postgraphile,
  { ...peer('apollo-typeorm', 'Apollo Server + TypeORM + DataLoader'), ...inOurWords },
  oursCached,
]
