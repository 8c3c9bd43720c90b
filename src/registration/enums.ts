import 'reflect-metadata'
import { registerEnumType } from 'type-graphql'

export const ConnectorStatus = { ACTIVE: 'ACTIVE', PAUSED: 'PAUSED', RETIRED: 'RETIRED' } as const
export type ConnectorStatus = keyof typeof ConnectorStatus
registerEnumType(ConnectorStatus, {
  name: 'ConnectorStatus',
  description: 'Whether its source is read. vi: Trạng thái kết nối.',
  valuesConfig: {
    ACTIVE: { description: 'Its source is read. vi: Đang hoạt động.' },
    PAUSED: { description: 'Its source is read only when asked to; its records stay. vi: Tạm dừng.' },
    RETIRED: { description: 'Its source is not read any more. vi: Đã ngừng.' },
  },
})

export const RunOutcome = { PUBLISHED: 'PUBLISHED', UNCHANGED: 'UNCHANGED', FAILED: 'FAILED' } as const
export type RunOutcome = keyof typeof RunOutcome
registerEnumType(RunOutcome, {
  name: 'RunOutcome',
  description: 'How a run ended. vi: Kết quả lần thu thập.',
  valuesConfig: {
    PUBLISHED: { description: 'A new version is public. vi: Đã công bố phiên bản mới.' },
    UNCHANGED: { description: 'Nothing had changed. vi: Không có thay đổi.' },
    FAILED: { description: 'The last good version stays. vi: Thất bại; giữ phiên bản tốt gần nhất.' },
  },
})

export const ProposalStatus = { PROPOSED: 'PROPOSED', ACCEPTED: 'ACCEPTED', REJECTED: 'REJECTED' } as const
export type ProposalStatus = keyof typeof ProposalStatus
registerEnumType(ProposalStatus, {
  name: 'ProposalStatus',
  description: 'What became of a proposal. vi: Tình trạng đề xuất.',
})

export const RunNoteKind = {
  NEW_COLUMNS: 'NEW_COLUMNS',
  MISSING_COLUMNS: 'MISSING_COLUMNS',
  RETYPED_COLUMNS: 'RETYPED_COLUMNS',
  OUTDATED: 'OUTDATED',
} as const
export type RunNoteKind = keyof typeof RunNoteKind
registerEnumType(RunNoteKind, {
  name: 'RunNoteKind',
  description: 'What a run noticed about its source. vi: Điều nhận thấy ở nguồn dữ liệu.',
  valuesConfig: {
    NEW_COLUMNS: { description: 'Columns that the last good run did not see. vi: Có cột mới.' },
    MISSING_COLUMNS: { description: 'Columns that are gone since the last good run. vi: Thiếu cột.' },
    RETYPED_COLUMNS: { description: 'Columns whose values are of another kind. vi: Cột đổi kiểu giá trị.' },
    OUTDATED: { description: 'The source answers with data that it has not renewed. vi: Nguồn không cập nhật.' },
  },
})
