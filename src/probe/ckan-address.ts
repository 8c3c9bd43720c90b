const action = /^(.*?)\/api\/(?:3\/)?action\/(?:package_show|datastore_search)$/u
/** With the language that the page is in, and the resource that is shown. */
const page = /^(.*?)(?:\/[a-z]{2}(?:_[A-Z]{2})?)?\/dataset\/([^/]+)(?:\/resource\/([^/]+))?\/?$/u

type CkanOptions = Readonly<Record<string, string>>

/** The options of the driver `ckan` for an address of the portal's Action API; undefined for any other address. */
export function ckanAction(address: string): CkanOptions | undefined {
  const { origin, pathname, searchParams } = new URL(address)
  const root = action.exec(pathname)?.[1]
  const name = searchParams.get('id')
  const resource = searchParams.get('resource_id')
  if (root === undefined || (name === null && resource === null)) return undefined
  return {
    endpoint: `${origin}${root}`,
    ...(name !== null && { package: name }),
    ...(resource !== null && { resource }),
  }
}

/** The same for the page on which a portal shows a dataset or one of its resources to people. `head`: how the page begins. */
export function ckanPage(address: string, head: string): CkanOptions | undefined {
  if (!/<meta\s+name="generator"\s+content="ckan\b/iu.test(head)) return undefined
  const { origin, pathname } = new URL(address)
  const [, root, name, resource] = page.exec(pathname) ?? []
  if (root === undefined || name === undefined) return undefined
  return {
    endpoint: `${origin}${root}`,
    package: decodeURIComponent(name),
    ...(resource !== undefined && { resource: decodeURIComponent(resource) }),
  }
}
