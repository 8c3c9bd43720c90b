import { districts, type District } from './districts.js'
import { between, metresBetween, type Place } from './geometry.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

export interface Stop extends Place {
  readonly id: string
  readonly name: string
  readonly district: string
}

export interface Route {
  readonly id: string
  readonly name: string
  readonly operator: string
  /** Six hexadecimal digits. */
  readonly color: string
  /** From the first terminus to the last. */
  readonly stops: readonly Stop[]
  /** Metres from the first terminus to the last. */
  readonly length: number
  /** Minutes between departures. */
  readonly headway: number
  /** First and last departure, minutes after midnight of the service day. */
  readonly first: number
  readonly last: number
}

export interface Network {
  readonly routes: readonly Route[]
  readonly stops: readonly Stop[]
}

/** Where roads lead through. */
const places = {
  university: { name: 'Đại học Quy Nhơn', district: '540', latitude: 13.759, longitude: 109.218 },
  terminal: { name: 'Bến xe trung tâm Quy Nhơn', district: '540', latitude: 13.753, longitude: 109.209 },
  station: { name: 'Ga Quy Nhơn', district: '540', latitude: 13.7726, longitude: 109.225 },
  market: { name: 'Chợ Lớn Quy Nhơn', district: '540', latitude: 13.7741, longitude: 109.232 },
  port: { name: 'Cảng Quy Nhơn', district: '540', latitude: 13.776, longitude: 109.244 },
  phuTai: { name: 'Ngã ba Phú Tài', district: '540', latitude: 13.788, longitude: 109.145 },
  longMy: { name: 'Khu công nghiệp Long Mỹ', district: '540', latitude: 13.735, longitude: 109.13 },
  nhonHoi: { name: 'Khu kinh tế Nhơn Hội', district: '540', latitude: 13.833, longitude: 109.262 },
  dieuTri: { name: 'Ga Diêu Trì', district: '550', latitude: 13.806, longitude: 109.148 },
  tuyPhuoc: { name: 'Bến xe Tuy Phước', district: '550', latitude: 13.83, longitude: 109.163 },
  goBoi: { name: 'Chợ Gò Bồi', district: '550', latitude: 13.872, longitude: 109.192 },
  anNhon: { name: 'Bến xe An Nhơn', district: '549', latitude: 13.888, longitude: 109.111 },
  dapDa: { name: 'Chợ Đập Đá', district: '549', latitude: 13.926, longitude: 109.104 },
  airport: { name: 'Sân bay Phù Cát', district: '548', latitude: 13.955, longitude: 109.042 },
  phuCat: { name: 'Bến xe Phù Cát', district: '548', latitude: 14.001, longitude: 109.057 },
  catTien: { name: 'Ngã ba Cát Tiến', district: '548', latitude: 13.955, longitude: 109.25 },
  phuMy: { name: 'Bến xe Phù Mỹ', district: '545', latitude: 14.174, longitude: 109.049 },
  binhDuong: { name: 'Thị trấn Bình Dương', district: '545', latitude: 14.282, longitude: 109.051 },
  bongSon: { name: 'Bến xe Bồng Sơn', district: '543', latitude: 14.433, longitude: 109.018 },
  tamQuan: { name: 'Ngã tư Tam Quan', district: '543', latitude: 14.569, longitude: 109.049 },
  hoaiAn: { name: 'Bến xe Hoài Ân', district: '544', latitude: 14.366, longitude: 108.969 },
  anLao: { name: 'Bến xe An Lão', district: '542', latitude: 14.583, longitude: 108.883 },
  phuPhong: { name: 'Bến xe Phú Phong', district: '547', latitude: 13.908, longitude: 108.911 },
  vinhThanh: { name: 'Bến xe Vĩnh Thạnh', district: '546', latitude: 14.103, longitude: 108.783 },
  canhVinh: { name: 'UBND xã Canh Vinh', district: '551', latitude: 13.694, longitude: 109.062 },
  vanCanh: { name: 'Bến xe Vân Canh', district: '551', latitude: 13.62, longitude: 108.99 },
} as const
type PlaceName = keyof typeof places

const operators = ['Công ty CP Xe buýt Quy Nhơn', 'Hợp tác xã Vận tải Bình Định', 'Công ty TNHH Vận tải Tây Sơn']

interface Line {
  readonly via: readonly PlaceName[]
  readonly headway: number
  readonly hours: readonly [first: number, last: number]
  readonly operator: number
  readonly color: string
}

const lines: readonly Line[] = [
  {
    via: ['port', 'market', 'station', 'phuTai', 'dieuTri'],
    headway: 15,
    hours: [300, 1425],
    operator: 0,
    color: 'D62728',
  },
  {
    via: ['university', 'station', 'phuTai', 'tuyPhuoc', 'anNhon'],
    headway: 20,
    hours: [305, 1140],
    operator: 0,
    color: '1F77B4',
  },
  {
    via: ['terminal', 'station', 'phuTai', 'anNhon', 'phuPhong'],
    headway: 25,
    hours: [310, 1110],
    operator: 2,
    color: '2CA02C',
  },
  {
    via: ['terminal', 'station', 'market', 'nhonHoi', 'catTien'],
    headway: 30,
    hours: [315, 1080],
    operator: 0,
    color: 'FF7F0E',
  },
  {
    via: ['station', 'phuTai', 'anNhon', 'dapDa', 'airport'],
    headway: 30,
    hours: [280, 1290],
    operator: 0,
    color: '9467BD',
  },
  {
    via: ['terminal', 'phuTai', 'anNhon', 'phuCat', 'phuMy'],
    headway: 40,
    hours: [300, 1020],
    operator: 1,
    color: '8C564B',
  },
  {
    via: ['terminal', 'phuTai', 'anNhon', 'phuCat', 'phuMy', 'binhDuong', 'bongSon'],
    headway: 45,
    hours: [290, 990],
    operator: 1,
    color: 'E377C2',
  },
  { via: ['terminal', 'longMy', 'canhVinh', 'vanCanh'], headway: 45, hours: [310, 1050], operator: 1, color: '7F7F7F' },
  {
    via: ['market', 'station', 'phuTai', 'tuyPhuoc', 'goBoi'],
    headway: 30,
    hours: [310, 1110],
    operator: 0,
    color: 'BCBD22',
  },
  {
    via: ['station', 'phuTai', 'anNhon', 'phuPhong', 'vinhThanh'],
    headway: 60,
    hours: [300, 960],
    operator: 2,
    color: '17BECF',
  },
  {
    via: ['terminal', 'phuTai', 'phuCat', 'phuMy', 'binhDuong', 'bongSon', 'tamQuan'],
    headway: 60,
    hours: [285, 960],
    operator: 1,
    color: 'AEC7E8',
  },
  { via: ['phuMy', 'bongSon', 'hoaiAn', 'anLao'], headway: 60, hours: [315, 990], operator: 1, color: 'FFBB78' },
]

const metresBetweenStops = 2_200
const mostStopsOnRoad = 3
const stopKinds = ['UBND xã', 'Chợ', 'Trạm y tế', 'Trường THCS', 'Ngã ba', 'Cầu', 'Bưu điện', 'Ngã tư']

/** The made-up bus network; stops between two places are shared by all lines that run there. */
export function createNetwork(): Network {
  const random = seededRandom('bus network')
  const stops = new Map<string, Stop>()
  const usedNames = new Set<string>()
  const roads = new Map<string, readonly Stop[]>()

  const stopAt = (name: PlaceName): Stop => {
    const known = stops.get(name)
    if (known !== undefined) return known
    const stop = { id: stopId(stops.size), ...places[name] }
    stops.set(name, stop)
    usedNames.add(stop.name)
    return stop
  }
  const stopsOnRoad = (from: PlaceName, to: PlaceName): readonly Stop[] => {
    const road = `${from} ${to}`
    const known = roads.get(road)
    if (known !== undefined) return known
    const [a, b] = [stopAt(from), stopAt(to)]
    const wanted = Math.round(metresBetween(a, b) / metresBetweenStops) - 1
    const count = Math.min(mostStopsOnRoad, Math.max(1, wanted))
    const made = Array.from({ length: count }, (_, index) => {
      const place = beside(between(a, b, (index + 1) / (count + 1)), random)
      const district = nearestDistrict(place)
      const stop = {
        id: stopId(stops.size),
        name: freeName(district, usedNames, random),
        district: district.code,
        ...place,
      }
      stops.set(stop.id, stop)
      return stop
    })
    roads.set(road, made)
    return made
  }

  const routes = lines.map((line, index): Route => {
    const along = line.via.flatMap((place, at) => {
      const next = line.via[at + 1]
      return next === undefined ? [stopAt(place)] : [stopAt(place), ...stopsOnRoad(place, next)]
    })
    const [start, end] = [along.at(0), along.at(-1)]
    return {
      id: `T${index + 1}`,
      name: `${start?.name ?? ''} – ${end?.name ?? ''}`,
      operator: operators[line.operator] ?? '',
      color: line.color,
      stops: along,
      length: lengthOf(along),
      headway: line.headway,
      first: line.hours[0],
      last: line.hours[1],
    }
  })
  return { routes, stops: [...stops.values()] }
}

function lengthOf(stops: readonly Stop[]): number {
  return stops.reduce((sum, stop, index) => sum + metresBetween(stops[index - 1] ?? stop, stop), 0)
}

function stopId(index: number): string {
  return `S${String(index + 1).padStart(3, '0')}`
}

/** A road is not a straight line. */
function beside(place: Place, random: SeededRandom): Place {
  const shift = (): number => (random.next() - 0.5) * 0.006
  return { latitude: rounded(place.latitude + shift()), longitude: rounded(place.longitude + shift()) }
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(6))
}

function nearestDistrict(place: Place): District {
  return districts.reduce((nearest, one) => (metresBetween(place, one) < metresBetween(place, nearest) ? one : nearest))
}

function freeName(district: District, used: Set<string>, random: SeededRandom): string {
  for (;;) {
    const name = `${random.pick(stopKinds)} ${random.pick(district.communes)}`
    if (!used.has(name)) {
      used.add(name)
      return name
    }
  }
}
