import type { FeedArchive } from './feed-archive.js'
import { forEachRow } from './feed-table.js'

const earthRadiusKm = 6371.0088

interface ShapePoint {
  readonly sequence: number
  readonly latitude: number
  readonly longitude: number
}

/** The length of each shape in km, along its points; none when the feed has no shapes. A point that is not one is passed over. */
export async function shapeLengths(archive: FeedArchive): Promise<ReadonlyMap<string, number>> {
  const shapes = new Map<string, ShapePoint[]>()
  if (!archive.has('shapes')) return new Map()
  const required = ['shape_id', 'shape_pt_sequence', 'shape_pt_lat', 'shape_pt_lon'] as const
  await forEachRow(archive, 'shapes', { required }, (value) => {
    const shape = value('shape_id')
    const point = {
      sequence: numberOf(value('shape_pt_sequence')),
      latitude: numberOf(value('shape_pt_lat')),
      longitude: numberOf(value('shape_pt_lon')),
    }
    if (shape === null || Number.isNaN(point.sequence + point.latitude + point.longitude)) return
    const points = shapes.get(shape)
    if (points === undefined) shapes.set(shape, [point])
    else points.push(point)
  })
  return new Map([...shapes].map(([shape, points]) => [shape, lengthOf(points)]))
}

function lengthOf(points: readonly ShapePoint[]): number {
  const inOrder = points.toSorted((a, b) => a.sequence - b.sequence)
  let length = 0
  let before: ShapePoint | undefined
  for (const point of inOrder) {
    if (before !== undefined) length += distance(before, point)
    before = point
  }
  return length
}

function distance(a: ShapePoint, b: ShapePoint): number {
  const latitude = radians(b.latitude - a.latitude)
  const longitude = radians(b.longitude - a.longitude)
  const chord =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(longitude / 2) ** 2
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(chord)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

function numberOf(text: string | null): number {
  return text === null ? NaN : Number(text)
}
