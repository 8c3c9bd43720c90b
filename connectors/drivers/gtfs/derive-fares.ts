import type { SourceValue } from '../driver.js'
import type { FeedArchive } from './feed-archive.js'
import { forEachRow } from './feed-table.js'
import type { FareColumn } from './options.js'

/** The routes of each fare. A fare that no rule ties to a route is valid on all of them, as the reference says. */
export class FareRoutes {
  private readonly byFare = new Map<string, Set<string>>()
  private readonly everywhere = new Set<string>()

  private constructor(private readonly allRoutes: readonly string[]) {}

  static async read(archive: FeedArchive): Promise<FareRoutes> {
    const allRoutes: string[] = []
    await forEachRow(archive, 'routes', { required: ['route_id'] }, (value) => {
      const route = value('route_id')
      if (route !== null) allRoutes.push(route)
    })
    const fares = new FareRoutes(allRoutes)
    if (archive.has('fare_rules')) {
      await forEachRow(archive, 'fare_rules', { required: ['fare_id'], optional: ['route_id'] }, (value) => {
        fares.add(value('fare_id'), value('route_id'))
      })
    }
    return fares
  }

  of(fare: string): readonly string[] {
    const routes = this.byFare.get(fare)
    return routes === undefined || this.everywhere.has(fare) ? this.allRoutes : [...routes]
  }

  private add(fare: string | null, route: string | null): void {
    if (fare === null) return
    if (route === null) {
      this.everywhere.add(fare)
      return
    }
    const routes = this.byFare.get(fare)
    if (routes === undefined) this.byFare.set(fare, new Set([route]))
    else routes.add(route)
  }
}

export async function deriveFares(
  archive: FeedArchive,
): Promise<(fare: string | null, column: FareColumn) => SourceValue> {
  const fareRoutes = await FareRoutes.read(archive)
  return (fare) => (fare === null ? null : fareRoutes.of(fare))
}
