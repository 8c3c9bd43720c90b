import type { PortalSite } from '../office/ckan/envelope.js'
import type { PortalDataset, Upload } from '../office/ckan/portal-dataset.js'
import { coverage, subscriptions, type Service } from './statistics.js'
import { hotspots, postalPoints } from './venues.js'

export const portalSite: PortalSite = {
  url: 'https://dulieumo.sotttt.example',
  title: 'Cổng dữ liệu mở (dữ liệu mẫu)',
  organisation: { name: 'so-thong-tin-va-truyen-thong', title: 'Sở Thông tin và Truyền thông' },
}

/** What the department has put on the province's open data portal, which it runs: figures by quarter and year, and points. */
export function portalDatasets(): PortalDataset[] {
  return [
    mobileSubscriptions(),
    subscriptionDataset('fixed', 'thue-bao-co-dinh', 'Thuê bao điện thoại cố định'),
    subscriptionDataset('fixed-broadband', 'thue-bao-bang-rong-co-dinh', 'Thuê bao băng rộng cố định'),
    subscriptionDataset('mobile-broadband', 'thue-bao-bang-rong-di-dong', 'Thuê bao băng rộng di động'),
    coverageDataset('mobile', 'thon-phu-song-bang-rong-di-dong', 'Thôn, làng phủ sóng di động băng rộng'),
    coverageDataset('fixed', 'thon-co-bang-rong-co-dinh', 'Thôn, làng có băng rộng cố định'),
    {
      name: 'wifi-cong-cong',
      title: 'Điểm Wi-Fi công cộng',
      notes: 'Các điểm phát Wi-Fi miễn phí trên địa bàn tỉnh.',
      tags: ['wifi', 'hạ tầng số'],
      modified: '2025-06-20T03:41:18.270955',
      uploads: [{ name: 'Danh sách điểm Wi-Fi', format: 'CSV', fileName: 'wifi.csv', rows: hotspots }],
    },
    {
      name: 'diem-phuc-vu-buu-chinh',
      title: 'Điểm phục vụ bưu chính',
      notes: 'Mạng bưu chính công cộng: bưu cục, điểm bưu điện văn hóa xã, đại lý, thùng thư.',
      tags: ['bưu chính'],
      modified: '2025-06-24T08:02:51.618340',
      uploads: [{ name: 'Danh sách điểm phục vụ', format: 'CSV', fileName: 'diem-buu-chinh.csv', rows: postalPoints }],
    },
  ]
}

/** One upload a year, as many portals have it. */
function mobileSubscriptions(): PortalDataset {
  const ofYear = (year: number): Upload => ({
    name: `Số liệu năm ${year}`,
    format: 'CSV',
    fileName: `thue-bao-di-dong-${year}.csv`,
    rows: () => subscriptions('mobile').filter(({ nam }) => nam === year),
  })
  return {
    ...statistics('thue-bao-di-dong', 'Thuê bao điện thoại di động'),
    uploads: [...[2022, 2023, 2024, 2025].map(ofYear), explanation],
  }
}

function subscriptionDataset(service: Service, name: string, title: string): PortalDataset {
  const rows: Upload = {
    name: 'Số liệu theo quý',
    format: 'CSV',
    fileName: `${name}.csv`,
    rows: () => subscriptions(service),
  }
  return { ...statistics(name, title), uploads: [rows, explanation] }
}

function coverageDataset(network: 'fixed' | 'mobile', name: string, title: string): PortalDataset {
  const rows: Upload = {
    name: 'Số liệu theo năm',
    format: 'XLSX',
    fileName: `${name}.xlsx`,
    rows: () => coverage(network),
  }
  return { ...statistics(name, title), uploads: [rows, explanation] }
}

function statistics(name: string, title: string): Omit<PortalDataset, 'uploads'> {
  return {
    name,
    title,
    notes: `${title}, theo báo cáo của các doanh nghiệp viễn thông.`,
    tags: ['thống kê', 'viễn thông'],
    modified: '2025-06-27T09:30:05.884713',
  }
}

const explanation: Upload = {
  name: 'Giải thích chỉ tiêu',
  description: 'Khái niệm, phương pháp tính theo Thông tư về hệ thống chỉ tiêu thống kê ngành.',
  format: 'PDF',
  fileName: 'giai-thich-chi-tieu.pdf',
}
