// Starts GraphiQL on this gateway, with the query and the variables that the address carries.
const address = new URL(window.location.href)
const socket = new URL('/graphql', address)
socket.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'

const props = {
  fetcher: GraphiQL.createFetcher({ url: '/graphql', subscriptionUrl: socket.href }),
  defaultEditorToolsVisibility: true,
  isHeadersEditorEnabled: true,
}
const query = address.searchParams.get('query')
if (query) props.query = query
const variables = address.searchParams.get('variables')
if (variables) props.variables = variables

ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, props))
