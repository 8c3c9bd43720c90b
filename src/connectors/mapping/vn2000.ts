import proj4 from 'proj4'
import { SourceNumber, type SourceObject, type SourceValue } from '../../../connectors/drivers/driver.js'
import type { Vn2000 } from '../manifest/field-mapping.js'
import { vietnameseNumber } from './number-converters.js'
import { unconvertible } from './problem-reason.js'
import { shownText, textOf } from './value-text.js'

/** From VN-2000 to WGS 84, as decision 05/2007/QĐ-BTNMT fixes it (shifts in m, turns in seconds of arc, scale in ppm). */
const toWgs84 = '-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278'
/** Of a projection's width in degrees: its scale along the central meridian. */
const scales = { 3: 0.9999, 6: 0.9996 } as const
/** The mainland with its islands and a margin; what falls outside was read with a wrong meridian or with X and Y exchanged. */
const vietNam = { south: 6, north: 24, west: 101, east: 118 }

/**
 * A VN-2000 coordinate in metres as degrees in WGS 84: the latitude where the column is X (northing), the longitude where it is Y
 * (easting). The setting names the column of the other coordinate.
 */
export function toDegrees(setting: Vn2000): (value: SourceValue, row: SourceObject) => SourceValue {
  const projection = proj4(
    `+proj=tmerc +lat_0=0 +lon_0=${setting.meridian} +k=${scales[setting.zone]} +x_0=500000 +y_0=0 +ellps=WGS84 ` +
      `+towgs84=${toWgs84} +units=m +no_defs`,
    'EPSG:4326',
  )
  const isNorthing = setting.easting !== undefined
  const other = setting.easting ?? setting.northing ?? ''
  return (value, row) => {
    const own = metres(value)
    const partner = metres(partnerOf(row, other))
    const [easting, northing] = isNorthing ? [partner, own] : [own, partner]
    const [longitude = NaN, latitude = NaN] = projection.forward([easting, northing])
    const inside =
      latitude >= vietNam.south && latitude <= vietNam.north && longitude >= vietNam.west && longitude <= vietNam.east
    if (!inside) {
      throw unconvertible(
        `X ${northing}, Y ${easting} lies outside Viet Nam: are X and Y exchanged, or the central meridian wrong?`,
        `X ${northing}, Y ${easting} nằm ngoài Việt Nam: có thể đảo X và Y hoặc sai kinh tuyến trục`,
      )
    }
    // A centimetre.
    return new SourceNumber((isNorthing ? latitude : longitude).toFixed(7))
  }
}

function partnerOf(row: SourceObject, column: string): SourceValue {
  const value = row[column] ?? null
  if (value !== null && value !== '') return value
  throw unconvertible(`the column ${column} has no coordinate`, `cột ${column} không có toạ độ`)
}

/** `1.525.123,45` and `1525123.45` cannot be confused: coordinates in metres have at least four digits before their decimals. */
function metres(value: SourceValue): number {
  const text = textOf(value).trim()
  const plain = value instanceof SourceNumber || /^\d{4,}(\.\d+)?$/.test(text)
  const number = Number(plain ? text : vietnameseNumber(text).text)
  if (Number.isFinite(number)) return number
  throw unconvertible(`"${shownText(value)}" is not a coordinate`, `"${shownText(value)}" không phải là toạ độ`)
}
