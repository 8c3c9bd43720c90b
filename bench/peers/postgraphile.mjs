// PostGraphile 5 over the peer schema, with the plugin for filters and one for the bed service.
import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { loadOne } from 'postgraphile/grafast'
import { grafserv } from 'postgraphile/grafserv/node'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { extendSchema, gql } from 'postgraphile/utils'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'
import { bedsOf, forgetBeds } from './bed-client.mjs'

const bedsPlugin = extendSchema({
  typeDefs: gql`
    type Beds {
      available: Int
      total: Int
    }
    extend type Facility {
      freeBeds: Beds
    }
  `,
  objects: {
    Facility: {
      plans: {
        freeBeds($facility) {
          return loadOne($facility.get('id'), bedsOf)
        },
      },
    },
  },
})

const preset = {
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  plugins: [bedsPlugin],
  pgServices: [
    makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['peer'], poolConfig: { max: 16 } }),
  ],
  schema: { pgOrderByNullsLast: true },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: { explain: false },
}

process.on('SIGUSR2', forgetBeds)
const serv = postgraphile(preset).createServ(grafserv)
const server = createServer()
server.on('error', (error) => {
  throw error
})
await serv.addTo(server)
await serv.ready?.()
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }))
})
