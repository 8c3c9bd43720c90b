import 'reflect-metadata'
import { registerEnumType } from 'type-graphql'

/** A GraphQL enum whose values are their own names, as an object for TypeGraphQL; its type has the same name. */
function words<const T extends string>(names: readonly T[]): { readonly [name in T]: name }
function words(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, name]))
}

export const Language = words(['VI', 'EN'])
export type Language = keyof typeof Language
registerEnumType(Language, {
  name: 'Language',
  description: 'The language of a title or a message. vi: Ngôn ngữ của tên hoặc thông báo.',
})

export const OrderDirection = words(['ASC', 'DESC', 'ASC_NULLS_FIRST', 'DESC_NULLS_FIRST'])
export type OrderDirection = keyof typeof OrderDirection
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Missing values come last unless it says otherwise. vi: Giá trị trống xếp cuối, trừ khi ghi khác.',
})

export const SourceStatus = words(['FRESH', 'STALE', 'FAILED', 'NEVER_FETCHED'])
export type SourceStatus = keyof typeof SourceStatus
registerEnumType(SourceStatus, {
  name: 'SourceStatus',
  description: 'How far the copy of a source can be relied on. vi: Tình trạng của bản sao từ nguồn.',
  valuesConfig: {
    FRESH: { description: 'Read within the time that its connector promises. vi: Còn mới.' },
    STALE: { description: 'The last good copy, older than promised or not renewed since an error. vi: Đã cũ.' },
    FAILED: { description: 'Never read with success; the error says why. vi: Chưa đọc được lần nào.' },
    NEVER_FETCHED: { description: 'Not read yet. vi: Chưa đọc.' },
  },
})

export const SourceMode = words(['SNAPSHOT', 'LIVE', 'LOOKUP', 'PUSHED'])
export type SourceMode = keyof typeof SourceMode
registerEnumType(SourceMode, {
  name: 'SourceMode',
  description: 'When a source is read. vi: Cách đọc nguồn.',
  valuesConfig: {
    SNAPSHOT: { description: 'As a whole, on a schedule. vi: Toàn bộ, theo lịch.' },
    LIVE: { description: 'When a question needs a newer copy. vi: Khi câu hỏi cần bản mới hơn.' },
    LOOKUP: { description: 'By key, only what a question needs. vi: Theo khóa, chỉ phần cần hỏi.' },
    PUSHED: { description: 'The agency sends it. vi: Cơ quan gửi đến.' },
  },
})

export const DatasetStatus = words(['PLANNED', 'ASSIGNED', 'CONNECTED', 'PUBLISHED', 'LATE', 'RETIRED'])
export type DatasetStatus = keyof typeof DatasetStatus
registerEnumType(DatasetStatus, {
  name: 'DatasetStatus',
  description: 'How far a dataset has come. vi: Tiến độ của bộ dữ liệu.',
  valuesConfig: {
    PLANNED: { description: 'In the plan, without a lead agency. vi: Có trong kế hoạch, chưa có cơ quan chủ trì.' },
    ASSIGNED: { description: 'An agency leads it. vi: Đã có cơ quan chủ trì.' },
    CONNECTED: { description: 'A connector is registered, nothing is published yet. vi: Đã kết nối, chưa công bố.' },
    PUBLISHED: { description: 'A version is published. vi: Đã công bố.' },
    LATE: { description: 'Its date in the plan has passed. vi: Trễ hạn so với kế hoạch.' },
    RETIRED: { description: 'No longer maintained. vi: Đã ngừng duy trì.' },
  },
})

export const Frequency = words([
  'CONTINUOUS',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'QUARTERLY',
  'HALF_YEARLY',
  'YEARLY',
  'PER_EVENT',
])
export type Frequency = keyof typeof Frequency
registerEnumType(Frequency, {
  name: 'Frequency',
  description: 'How often the dataset is to be brought up to date. vi: Tần suất cập nhật.',
})
