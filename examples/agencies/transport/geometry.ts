/** WGS 84, degrees. */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

const earthRadiusMetres = 6_371_008.8

export function metresBetween(a: Place, b: Place): number {
  const latitude = radians(b.latitude - a.latitude)
  const longitude = radians(b.longitude - a.longitude)
  const chord =
    Math.sin(latitude / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(longitude / 2) ** 2
  return 2 * earthRadiusMetres * Math.asin(Math.sqrt(chord))
}

/** The place at that share (0 to 1) of the straight line from a to b. */
export function between(a: Place, b: Place, share: number): Place {
  return {
    latitude: a.latitude + (b.latitude - a.latitude) * share,
    longitude: a.longitude + (b.longitude - a.longitude) * share,
  }
}

/** In degrees clockwise from north, 0 to below 360. */
export function bearingFrom(a: Place, b: Place): number {
  const east = (b.longitude - a.longitude) * Math.cos(radians((a.latitude + b.latitude) / 2))
  const degrees = (Math.atan2(east, b.latitude - a.latitude) * 180) / Math.PI
  return (degrees + 360) % 360
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
