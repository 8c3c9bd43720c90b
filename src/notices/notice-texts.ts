import type { NoticeCause } from './meaning-of-run.js'

export interface Bilingual {
  readonly vi: string
  readonly en: string
}

/** What the owner can do about it. */
export const fixes: Readonly<Record<NoticeCause, Bilingual>> = {
  RUN_FAILED: {
    vi: 'Kiểm tra nguồn dữ liệu (địa chỉ, thông tin đăng nhập, định dạng), rồi chạy lại bằng runConnector. Phiên bản tốt gần nhất vẫn được công bố.',
    en: 'Check the source (address, credentials, format), then run it again with runConnector. The last good version stays public.',
  },
  HELD_BY_GUARD: {
    vi: 'Dữ liệu mới khác quá nhiều so với phiên bản trước, hoặc không có dòng nào hợp lệ, nên chưa được công bố. Sửa nguồn, hoặc sửa ánh xạ bằng updateConnector; nếu dữ liệu đúng, nới giới hạn guards trong đăng ký.',
    en: 'The new data differs too much from the last version, or no row of it fits, so it was held back. Correct the source, or the mapping with updateConnector; if the data is right, widen the guards of the manifest.',
  },
  SCHEMA_DRIFT: {
    vi: 'Khôi phục các cột bị thiếu trong nguồn, hoặc sửa ánh xạ bằng updateConnector.',
    en: 'Bring the missing columns back in the source, or change the mapping with updateConnector.',
  },
  COLUMNS_CHANGED: {
    vi: 'Nếu các cột này cần được công bố, sửa ánh xạ bằng updateConnector; nếu không, xác nhận bằng settleNotice. Dữ liệu vẫn được công bố.',
    en: 'If these columns are to be published, change the mapping with updateConnector; otherwise settle this notice with settleNotice. What is mapped is published all the same.',
  },
  SOURCE_VANISHED: {
    vi: 'Đưa dữ liệu trở lại địa chỉ cũ, sửa địa chỉ bằng updateConnector, hoặc ngừng kết nối bằng retireConnector.',
    en: 'Put the data back where it was, change the address with updateConnector, or end it with retireConnector.',
  },
  SOURCE_OUTDATED: {
    vi: 'Kiểm tra hệ thống tạo ra dữ liệu: nguồn vẫn trả lời nhưng không được cập nhật. Dữ liệu cũ vẫn được công bố và ghi rõ là cũ.',
    en: 'Check the system that makes the data: the source answers, but is not renewed. What there is stays public and is said to be old.',
  },
  PERSONAL_DATA: {
    vi: 'Bỏ dữ liệu cá nhân khỏi nguồn, hoặc không ánh xạ cột đó nữa. Không có gì được công bố.',
    en: 'Take the personal data out of the source, or do not map that column any more. Nothing of it was published.',
  },
  ROWS_SET_ASIDE: {
    vi: 'Sửa các dòng này trong nguồn; lần thu thập sau sẽ đọc lại. Danh sách đầy đủ: {csv}',
    en: 'Correct these rows in the source; the next run reads them. All of them: {csv}',
  },
}

export function setAsideTitle(count: number): Bilingual {
  return {
    vi: `${count} dòng không hợp lệ nên chưa được công bố.`,
    en: count === 1 ? '1 row does not fit and was not published.' : `${count} rows do not fit and were not published.`,
  }
}

/** Where the whole list of rows is, below the gateway's address. */
export function csvPath(connector: string, runId: string): string {
  return `/connectors/${connector}/runs/${runId}/set-aside.csv`
}
