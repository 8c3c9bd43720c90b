import { asWritten, type Wording } from './wording.js'

/**
 * What can be wrong with an agency's source, in one table: whether trying again may help, and the sentence that the
 * public and the agency read in both languages. `{name}` is filled from the fault's details.
 */
export const sourceFaults = {
  UNREACHABLE: {
    retry: true,
    en: 'The source does not answer.',
    vi: 'Nguồn dữ liệu không phản hồi.',
  },
  TIMEOUT: {
    retry: true,
    en: 'The source did not answer within {seconds} s.',
    vi: 'Nguồn dữ liệu không trả lời trong {seconds} giây.',
  },
  TOO_SLOW: {
    retry: true,
    en: 'The source sends its answer too slowly.',
    vi: 'Nguồn dữ liệu gửi trả lời quá chậm.',
  },
  TRUNCATED: {
    retry: true,
    en: 'The answer of the source was cut off: {detail}.',
    vi: 'Trả lời của nguồn dữ liệu bị cắt giữa chừng: {detail}.',
  },
  BAD_STATUS: {
    retry: true,
    en: 'The source answered with HTTP status {status}.',
    vi: 'Nguồn dữ liệu trả lời với mã HTTP {status}.',
  },
  BUSY: {
    retry: true,
    en: 'The source asks to be left alone for {seconds} s.',
    vi: 'Nguồn dữ liệu yêu cầu chờ {seconds} giây.',
  },
  OUTDATED: {
    retry: true,
    en: 'The source answers, but with data of {at} that it has not renewed since.',
    vi: 'Nguồn dữ liệu vẫn trả lời nhưng dữ liệu là của lúc {at}, chưa được cập nhật.',
  },
  BAD_CERTIFICATE: {
    retry: false,
    en: 'The certificate of the source is not accepted: {detail}.',
    vi: 'Chứng thư số của nguồn dữ liệu không được chấp nhận: {detail}.',
  },
  UNAUTHORISED: {
    retry: false,
    en: 'The source refuses the credentials (HTTP status {status}).',
    vi: 'Nguồn dữ liệu từ chối thông tin đăng nhập (mã HTTP {status}).',
  },
  NOT_FOUND: {
    retry: false,
    en: 'The source has nothing at {what}.',
    vi: 'Nguồn dữ liệu không có {what}.',
  },
  ADDRESS_REFUSED: {
    retry: false,
    en: 'The address of the source is not allowed.',
    vi: 'Địa chỉ của nguồn dữ liệu không được phép.',
  },
  TOO_LARGE: {
    retry: false,
    en: 'The answer of the source is larger than {limit}.',
    vi: 'Trả lời của nguồn dữ liệu lớn hơn {limit}.',
  },
  NOT_DATA: {
    retry: false,
    en: 'The source answered with something that is not {expected}: {detail}.',
    vi: 'Nguồn dữ liệu trả lời không phải là {expected}: {detail}.',
  },
  ENCODING: {
    retry: false,
    en: 'The text is not valid {encoding} (at byte {offset}); save the file as UTF-8, or name its encoding in the manifest, such as windows-1258.',
    vi: 'Văn bản không đúng mã {encoding} (tại byte {offset}); hãy lưu tệp theo mã UTF-8, hoặc ghi mã của tệp (encoding) trong bản khai, như windows-1258.',
  },
  MISSING_COLUMNS: {
    retry: false,
    en: 'The source lacks the columns {columns}.',
    vi: 'Nguồn dữ liệu thiếu các cột {columns}.',
  },
  MAPPING: {
    retry: false,
    en: 'The mapping cannot be applied: {detail}.',
    vi: 'Không áp dụng được ánh xạ: {detail}.',
  },
  NO_ROWS: {
    retry: false,
    en: 'The source has no valid row.',
    vi: 'Nguồn dữ liệu không có dòng hợp lệ nào.',
  },
  TOO_MANY_SET_ASIDE: {
    retry: false,
    en: '{setAside} of {read} rows do not fit; at most {limit} are accepted.',
    vi: '{setAside} trên {read} dòng không hợp lệ; chỉ chấp nhận tối đa {limit}.',
  },
  ROWS_DROPPED: {
    retry: false,
    en: 'The source has {rows} rows; the last good version had {before}.',
    vi: 'Nguồn dữ liệu có {rows} dòng; phiên bản tốt gần nhất có {before}.',
  },
  ROWS_GREW: {
    retry: false,
    en: 'The source has {rows} rows; the last good version had {before}, and at most {limit} times as many are accepted.',
    vi: 'Nguồn dữ liệu có {rows} dòng; phiên bản tốt gần nhất có {before} và chỉ chấp nhận tối đa gấp {limit} lần.',
  },
  PERSONAL_DATA: {
    retry: false,
    en: 'The column {field} seems to hold personal data ({kind}).',
    vi: 'Cột {field} có dấu hiệu chứa dữ liệu cá nhân ({kind}).',
  },
  TOO_DEMANDING: {
    retry: false,
    en: 'Reading the source needs more than it may: {detail}.',
    vi: 'Việc đọc nguồn dữ liệu vượt quá giới hạn cho phép: {detail}.',
  },
  STORAGE_FULL: {
    retry: true,
    en: 'The gateway has no room left for the data of the source.',
    vi: 'Cổng dữ liệu không còn chỗ lưu cho dữ liệu của nguồn.',
  },
  INTERRUPTED: {
    retry: true,
    en: 'The gateway stopped before the run was finished.',
    vi: 'Cổng dữ liệu dừng trước khi hoàn tất lần thu thập.',
  },
  INTERNAL: {
    retry: true,
    en: 'The gateway could not finish the run.',
    vi: 'Cổng dữ liệu không hoàn tất được lần thu thập.',
  },
} as const satisfies Record<string, { retry: boolean; en: string; vi: string }>

export type SourceFaultCode = keyof typeof sourceFaults

/** What fills a fault's sentence. What is put into words has them in both languages. */
export interface FaultDetails {
  readonly detail?: Wording
  readonly expected?: Wording
  readonly what?: Wording
  readonly limit?: Wording
  readonly kind?: Wording
  readonly columns?: Wording
  readonly [name: string]: string | number | Wording | undefined
}

/** A source that cannot be read or whose data cannot be used: the run ends with it and the last good version stays. */
export class SourceFault extends Error {
  readonly code: SourceFaultCode
  readonly details: FaultDetails

  constructor(code: SourceFaultCode, details: FaultDetails = {}, cause?: unknown) {
    super(fill(sourceFaults[code].en, details, 'en'), cause === undefined ? undefined : { cause })
    this.name = 'SourceFault'
    this.code = code
    this.details = details
  }

  get retry(): boolean {
    return sourceFaults[this.code].retry
  }

  /** How long the source asks to be left alone; undefined: it does not. */
  get secondsAsked(): number | undefined {
    return this.code === 'BUSY' ? Number(this.details['seconds'] ?? 0) : undefined
  }

  get messageEn(): string {
    return this.message
  }

  get messageVi(): string {
    return fill(sourceFaults[this.code].vi, this.details, 'vi')
  }
}

function fill(template: string, details: FaultDetails, language: keyof Wording): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const given = details[name] ?? whole
    return (typeof given === 'object' ? given : asWritten(given))[language]
  })
}
