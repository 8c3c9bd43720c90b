/** A commune, ward or town as it was on 2025-06-30, the sample's reference date. */
export interface Commune {
  readonly code: string
  readonly name: string
  readonly designation: 'Phường' | 'Xã' | 'Thị trấn'
}

export interface District {
  readonly code: string
  readonly name: string
  /** Roughly its middle, WGS 84. */
  readonly latitude: number
  readonly longitude: number
  readonly communes: readonly Commune[]
}

const designations = { P: 'Phường', X: 'Xã', T: 'Thị trấn' } as const

/** `P 21550 Nhơn Bình` one a line. */
function communes(list: string): Commune[] {
  return list
    .trim()
    .split('\n')
    .map((line) => {
      const match = /^([PXT]) (\d{5}) (.+)$/u.exec(line.trim())
      const letter = match?.[1]
      if (letter !== 'P' && letter !== 'X' && letter !== 'T') throw new Error(`Not a commune: ${line}`)
      return { code: match?.[2] ?? '', name: match?.[3] ?? '', designation: designations[letter] }
    })
}

/** The districts of Bình Định with their communes. */
export const districts: readonly District[] = [
  {
    code: '540',
    name: 'Thành phố Quy Nhơn',
    latitude: 13.78,
    longitude: 109.22,
    communes: communes(`
      P 21550 Nhơn Bình
      P 21553 Nhơn Phú
      P 21556 Đống Đa
      P 21559 Trần Quang Diệu
      P 21562 Hải Cảng
      P 21565 Quang Trung
      P 21568 Thị Nại
      P 21577 Ngô Mây
      P 21586 Trần Phú
      P 21589 Bùi Thị Xuân
      P 21592 Nguyễn Văn Cừ
      P 21595 Ghềnh Ráng
      X 21598 Nhơn Lý
      X 21601 Nhơn Hội
      X 21604 Nhơn Hải
      X 21607 Nhơn Châu
      X 21991 Phước Mỹ
    `),
  },
  {
    code: '542',
    name: 'Huyện An Lão',
    latitude: 14.58,
    longitude: 108.88,
    communes: communes(`
      T 21609 An Lão
      X 21610 An Hưng
      X 21613 An Trung
      X 21616 An Dũng
      X 21619 An Vinh
      X 21622 An Toàn
      X 21625 An Tân
      X 21628 An Hòa
      X 21631 An Quang
      X 21634 An Nghĩa
    `),
  },
  {
    code: '543',
    name: 'Thị xã Hoài Nhơn',
    latitude: 14.45,
    longitude: 109.03,
    communes: communes(`
      P 21637 Tam Quan
      P 21640 Bồng Sơn
      X 21643 Hoài Sơn
      X 21646 Hoài Châu Bắc
      X 21649 Hoài Châu
      X 21652 Hoài Phú
      P 21655 Tam Quan Bắc
      P 21658 Tam Quan Nam
      P 21661 Hoài Hảo
      P 21664 Hoài Thanh Tây
      P 21667 Hoài Thanh
      P 21670 Hoài Hương
      P 21673 Hoài Tân
      X 21676 Hoài Hải
      P 21679 Hoài Xuân
      X 21682 Hoài Mỹ
      P 21685 Hoài Đức
    `),
  },
  {
    code: '544',
    name: 'Huyện Hoài Ân',
    latitude: 14.35,
    longitude: 108.97,
    communes: communes(`
      T 21688 Tăng Bạt Hổ
      X 21690 Ân Hảo Tây
      X 21691 Ân Hảo Đông
      X 21694 Ân Sơn
      X 21697 Ân Mỹ
      X 21700 Dak Mang
      X 21703 Ân Tín
      X 21706 Ân Thạnh
      X 21709 Ân Phong
      X 21712 Ân Đức
      X 21715 Ân Hữu
      X 21718 Bok Tới
      X 21721 Ân Tường Tây
      X 21724 Ân Tường Đông
      X 21727 Ân Nghĩa
    `),
  },
  {
    code: '545',
    name: 'Huyện Phù Mỹ',
    latitude: 14.17,
    longitude: 109.05,
    communes: communes(`
      T 21730 Phù Mỹ
      T 21733 Bình Dương
      X 21736 Mỹ Đức
      X 21739 Mỹ Châu
      X 21742 Mỹ Thắng
      X 21745 Mỹ Lộc
      X 21748 Mỹ Lợi
      X 21751 Mỹ An
      X 21754 Mỹ Phong
      X 21757 Mỹ Trinh
      X 21760 Mỹ Thọ
      X 21763 Mỹ Hòa
      X 21766 Mỹ Thành
      X 21769 Mỹ Chánh
      X 21772 Mỹ Quang
      X 21775 Mỹ Hiệp
      X 21778 Mỹ Tài
      X 21781 Mỹ Cát
      X 21784 Mỹ Chánh Tây
    `),
  },
  {
    code: '546',
    name: 'Huyện Vĩnh Thạnh',
    latitude: 14.1,
    longitude: 108.78,
    communes: communes(`
      T 21786 Vĩnh Thạnh
      X 21787 Vĩnh Sơn
      X 21790 Vĩnh Kim
      X 21796 Vĩnh Hiệp
      X 21799 Vĩnh Hảo
      X 21801 Vĩnh Hòa
      X 21802 Vĩnh Thịnh
      X 21804 Vĩnh Thuận
      X 21805 Vĩnh Quang
    `),
  },
  {
    code: '547',
    name: 'Huyện Tây Sơn',
    latitude: 13.9,
    longitude: 108.91,
    communes: communes(`
      T 21808 Phú Phong
      X 21811 Bình Tân
      X 21814 Tây Thuận
      X 21817 Bình Thuận
      X 21820 Tây Giang
      X 21823 Bình Thành
      X 21826 Tây An
      X 21829 Bình Hòa
      X 21832 Tây Bình
      X 21835 Bình Tường
      X 21838 Tây Vinh
      X 21841 Vĩnh An
      X 21844 Tây Xuân
      X 21847 Bình Nghi
      X 21850 Tây Phú
    `),
  },
  {
    code: '548',
    name: 'Huyện Phù Cát',
    latitude: 14.0,
    longitude: 109.06,
    communes: communes(`
      T 21853 Ngô Mây
      X 21856 Cát Sơn
      X 21859 Cát Minh
      T 21862 Cát Khánh
      X 21865 Cát Tài
      X 21868 Cát Lâm
      X 21871 Cát Hanh
      X 21874 Cát Thành
      X 21877 Cát Trinh
      X 21880 Cát Hải
      X 21883 Cát Hiệp
      X 21886 Cát Nhơn
      X 21889 Cát Hưng
      X 21892 Cát Tường
      X 21895 Cát Tân
      T 21898 Cát Tiến
      X 21901 Cát Thắng
      X 21904 Cát Chánh
    `),
  },
  {
    code: '549',
    name: 'Thị xã An Nhơn',
    latitude: 13.89,
    longitude: 109.11,
    communes: communes(`
      P 21907 Bình Định
      P 21910 Đập Đá
      X 21913 Nhơn Mỹ
      P 21916 Nhơn Thành
      X 21919 Nhơn Hạnh
      X 21922 Nhơn Hậu
      X 21925 Nhơn Phong
      X 21928 Nhơn An
      X 21931 Nhơn Phúc
      P 21934 Nhơn Hưng
      X 21937 Nhơn Khánh
      X 21940 Nhơn Lộc
      P 21943 Nhơn Hoà
      X 21946 Nhơn Tân
      X 21949 Nhơn Thọ
    `),
  },
  {
    code: '550',
    name: 'Huyện Tuy Phước',
    latitude: 13.83,
    longitude: 109.16,
    communes: communes(`
      T 21952 Tuy Phước
      T 21955 Diêu Trì
      X 21958 Phước Thắng
      X 21961 Phước Hưng
      X 21964 Phước Quang
      X 21967 Phước Hòa
      X 21970 Phước Sơn
      X 21973 Phước Hiệp
      X 21976 Phước Lộc
      X 21979 Phước Nghĩa
      X 21982 Phước Thuận
      X 21985 Phước An
      X 21988 Phước Thành
    `),
  },
  {
    code: '551',
    name: 'Huyện Vân Canh',
    latitude: 13.62,
    longitude: 108.99,
    communes: communes(`
      T 21994 Vân Canh
      X 21997 Canh Liên
      X 22000 Canh Hiệp
      X 22003 Canh Vinh
      X 22006 Canh Hiển
      X 22009 Canh Thuận
      X 22012 Canh Hòa
    `),
  },
]
