import type { HomeResource, Language } from './home-data.js'

export interface Texts {
  readonly gateway: string
  readonly intro: string
  readonly searchLabel: string
  readonly searchHint: string
  readonly search: string
  readonly clear: string
  readonly found: (count: number, text: string) => string
  readonly nothing: string
  readonly datasets: string
  readonly published: string
  readonly themes: string
  readonly themesLabel: string
  readonly records: string
  readonly planned: (count: number) => string
  readonly reference: string
  readonly sample: string
  readonly sampleNote: string
  readonly example: string
  readonly run: string
  readonly copy: string
  readonly copied: string
  readonly downloads: string
  readonly downloadsOf: (what: string) => string
  readonly described: string
  readonly noFiles: string
  readonly states: Readonly<Record<HomeResource['source']['state'], string>>
  readonly statuses: Readonly<Record<string, string>>
  readonly never: string
  readonly away: string
  readonly tryAgain: string
  readonly same: string
  readonly undecided: string
  readonly otherLanguage: string
  readonly explore: string
  readonly locale: string
}

const vi: Texts = {
  gateway: 'Cổng dữ liệu mở',
  intro: 'Mọi dữ liệu mở của tỉnh qua một API GraphQL: mỗi câu trả lời nói rõ nguồn và thời điểm của dữ liệu.',
  searchLabel: 'Tìm bộ dữ liệu',
  searchHint: 'ví dụ: truong hoc, xe buýt, nhà thuốc',
  search: 'Tìm',
  clear: 'Xóa tìm kiếm',
  found: (count, text) => `${count} bộ dữ liệu khớp với “${text}”`,
  nothing: 'Không có bộ dữ liệu nào khớp. Hãy thử từ ngắn hơn, có hoặc không dấu.',
  datasets: 'bộ dữ liệu',
  published: 'đã công bố',
  themes: 'chủ đề',
  themesLabel: 'Chủ đề',
  records: 'bản ghi',
  planned: (count) => `${count} bộ dữ liệu trong kế hoạch, chưa công bố`,
  reference: 'Dữ liệu tham chiếu và ngoài kế hoạch',
  sample: 'dữ liệu mẫu',
  sampleNote: 'Mục có nhãn “dữ liệu mẫu” là dữ liệu giả định, không phải số liệu thật.',
  example: 'Truy vấn mẫu',
  run: 'Chạy trong GraphiQL',
  copy: 'Chép truy vấn',
  copied: 'Đã chép',
  downloads: 'Tải về',
  downloadsOf: (what) => `Tệp tải về: ${what}`,
  described: 'Mô tả dữ liệu',
  noFiles: 'Chưa có dữ liệu để tải về hoặc truy vấn.',
  states: { FRESH: 'mới', STALE: 'cũ', FAILED: 'lỗi', NEVER_FETCHED: 'chưa lấy' },
  statuses: { ASSIGNED: 'đã giao', CONNECTED: 'đã kết nối', LATE: 'chậm', RETIRED: 'đã ngừng', PLANNED: 'kế hoạch' },
  never: 'chưa lấy lần nào',
  away: 'Hiện chưa mở được trang này. Dữ liệu không bị mất; hãy thử lại sau ít phút.',
  tryAgain: 'Thử lại',
  same: 'trùng với',
  undecided: 'chưa giao cơ quan',
  otherLanguage: 'English',
  explore: 'Mở GraphiQL',
  locale: 'vi-VN',
}

const en: Texts = {
  gateway: 'Open data gateway',
  intro:
    'All open data of the province through one GraphQL API: every answer says where it comes from and how old it is.',
  searchLabel: 'Find a dataset',
  searchHint: 'for example: school, bus, nha thuoc',
  search: 'Search',
  clear: 'Clear the search',
  found: (count, text) => `${count} datasets match “${text}”`,
  nothing: 'No dataset matches. Try a shorter word, with or without diacritics.',
  datasets: 'datasets',
  published: 'published',
  themes: 'themes',
  themesLabel: 'Themes',
  records: 'records',
  planned: (count) => `${count} datasets in the plan, not published yet`,
  reference: 'Reference data and data outside the plan',
  sample: 'sample data',
  sampleNote: 'What is marked “sample data” is made up and no real figure.',
  example: 'Example query',
  run: 'Run in GraphiQL',
  copy: 'Copy the query',
  copied: 'Copied',
  downloads: 'Downloads',
  downloadsOf: (what) => `Files of ${what}`,
  described: 'Described by',
  noFiles: 'There is nothing to download or to query yet.',
  states: { FRESH: 'fresh', STALE: 'stale', FAILED: 'failed', NEVER_FETCHED: 'not fetched' },
  statuses: { ASSIGNED: 'assigned', CONNECTED: 'connected', LATE: 'late', RETIRED: 'retired', PLANNED: 'planned' },
  never: 'never fetched',
  away: 'This page cannot be shown just now. No data is lost; try again in a few minutes.',
  tryAgain: 'Try again',
  same: 'same as',
  undecided: 'no agency assigned yet',
  otherLanguage: 'Tiếng Việt',
  explore: 'Open GraphiQL',
  locale: 'en-GB',
}

export const texts: Readonly<Record<Language, Texts>> = { vi, en }

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

/** `5 phút trước`, `5 minutes ago`. */
export function age(seconds: number, { locale }: Texts): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  const fitting = units.find((each) => seconds >= each.seconds)
  return fitting === undefined
    ? format.format(-Math.max(0, Math.round(seconds)), 'second')
    : format.format(-Math.floor(seconds / fitting.seconds), fitting.unit)
}
