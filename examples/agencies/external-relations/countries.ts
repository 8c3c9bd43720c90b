export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly name: string
}

const table =
  'LA Lào;JP Nhật Bản;KR Hàn Quốc;CN Trung Quốc;TW Đài Loan;US Hoa Kỳ;DE Đức;FR Pháp;NL Hà Lan;AU Úc;SG Xin-ga-po;' +
  'TH Thái Lan;MY Ma-lai-xi-a;RU Liên bang Nga;IN Ấn Độ;NZ Niu Di-lân;GB Vương quốc Anh;IT I-ta-li-a;BE Bỉ;CA Ca-na-đa;' +
  'HU Hung-ga-ri;CH Thụy Sĩ;KH Cam-pu-chia;PH Phi-líp-pin'

/** Countries that the province has to do with, the closest first. */
export const countries: readonly Country[] = table
  .split(';')
  .map((entry) => ({ code: entry.slice(0, 2), name: entry.slice(3) }))

export function countryOf(code: string): Country {
  const found = countries.find((country) => country.code === code)
  if (found === undefined) throw new Error(`No country ${code}.`)
  return found
}

export function countryColumns({ code, name }: Country): { readonly 'Mã nước': string; readonly Nước: string } {
  return { 'Mã nước': code, Nước: name }
}
