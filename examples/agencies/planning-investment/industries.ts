export interface Industry {
  /** VSIC 2018, four digits. */
  readonly code: string
  readonly name: string
  readonly section: string
  /** How companies of it are called. */
  readonly trade: string
  readonly english: string
}

const table = `
  0118 | Trồng rau, đậu các loại và trồng hoa | A | Nông sản | Agriculture
  0210 | Trồng rừng, chăm sóc rừng và ươm giống cây lâm nghiệp | A | Lâm nghiệp | Forestry
  0311 | Khai thác thủy sản biển | A | Thủy sản | Fishery
  0321 | Nuôi trồng thủy sản biển | A | Nuôi trồng Thủy sản | Aquaculture
  0810 | Khai thác đá, cát, sỏi, đất sét | B | Khoáng sản | Minerals
  1020 | Chế biến, bảo quản thủy sản và các sản phẩm từ thủy sản | C | Thủy sản | Seafood
  1030 | Chế biến và bảo quản rau quả | C | Thực phẩm | Food
  1071 | Sản xuất các loại bánh từ bột | C | Bánh kẹo | Bakery
  1101 | Chưng, tinh cất và pha chế các loại rượu mạnh | C | Rượu | Spirits
  1104 | Sản xuất đồ uống không cồn, nước khoáng | C | Nước giải khát | Beverage
  1410 | May trang phục (trừ trang phục từ da lông thú) | C | May mặc | Garment
  1610 | Cưa, xẻ, bào gỗ và bảo quản gỗ | C | Gỗ | Timber
  1629 | Sản xuất sản phẩm khác từ gỗ | C | Chế biến Gỗ | Wood Products
  2396 | Cắt tạo dáng và hoàn thiện đá | C | Đá Granite | Granite
  2610 | Sản xuất linh kiện điện tử | C | Điện tử | Electronics
  2630 | Sản xuất thiết bị truyền thông | C | Thiết bị Viễn thông | Telecom Equipment
  2640 | Sản xuất sản phẩm điện tử dân dụng | C | Điện tử Gia dụng | Consumer Electronics
  3100 | Sản xuất giường, tủ, bàn, ghế | C | Nội thất | Furniture
  3512 | Truyền tải và phân phối điện | D | Điện lực | Power
  3811 | Thu gom rác thải không độc hại | E | Môi trường | Environment
  4101 | Xây dựng nhà để ở | F | Xây dựng | Construction
  4102 | Xây dựng nhà không để ở | F | Xây dựng | Construction
  4212 | Xây dựng công trình đường bộ | F | Cầu đường | Roads and Bridges
  4299 | Xây dựng công trình kỹ thuật dân dụng khác | F | Đầu tư Hạ tầng | Infrastructure
  4520 | Bảo dưỡng, sửa chữa ô tô và xe có động cơ khác | G | Ô tô | Auto Service
  4632 | Bán buôn thực phẩm | G | Thực phẩm | Food Trading
  4661 | Bán buôn nhiên liệu rắn, lỏng, khí và các sản phẩm liên quan | G | Xăng dầu | Petroleum
  4663 | Bán buôn vật liệu, thiết bị lắp đặt khác trong xây dựng | G | Vật liệu Xây dựng | Building Materials
  4711 | Bán lẻ lương thực, thực phẩm chiếm tỷ trọng lớn trong các cửa hàng kinh doanh tổng hợp | G | Siêu thị | Retail
  4730 | Bán lẻ nhiên liệu động cơ trong các cửa hàng chuyên doanh | G | Xăng dầu | Petrol Station
  4931 | Vận tải hành khách đường bộ trong nội thành, ngoại thành | H | Taxi | Taxi
  4933 | Vận tải hàng hóa bằng đường bộ | H | Vận tải | Transport
  5310 | Bưu chính | H | Bưu chính | Post
  5320 | Chuyển phát | H | Chuyển phát | Express
  5510 | Dịch vụ lưu trú ngắn ngày | I | Khách sạn | Hotel
  5610 | Nhà hàng và các dịch vụ ăn uống phục vụ lưu động | I | Nhà hàng | Restaurant
  6201 | Lập trình máy vi tính | J | Phần mềm | Software
  6312 | Cổng thông tin | J | Thương mại Điện tử | E-commerce
  6810 | Kinh doanh bất động sản, quyền sử dụng đất | L | Bất động sản | Real Estate
  7110 | Hoạt động kiến trúc và tư vấn kỹ thuật có liên quan | M | Tư vấn | Consulting
  7810 | Hoạt động của các trung tâm, đại lý tư vấn, giới thiệu và môi giới lao động, việc làm | N | Nhân lực | Manpower
  7912 | Điều hành tua du lịch | N | Du lịch | Travel
  8559 | Giáo dục khác chưa được phân vào đâu | P | Đào tạo | Training
  8620 | Hoạt động của các phòng khám đa khoa, chuyên khoa và nha khoa | Q | Y tế | Clinic
  9321 | Hoạt động của các công viên vui chơi và công viên theo chủ đề | R | Giải trí | Entertainment
  9511 | Sửa chữa máy vi tính và thiết bị ngoại vi | S | Tin học | Computer Service
`

/** Industries (VSIC 2018) of the province's enterprises. */
export const industries: readonly Industry[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [code = '', name = '', section = '', trade = '', english = ''] = line.split('|').map((part) => part.trim())
    return { code, name, section, trade, english }
  })
