/** A material, a grade of labour or a machine with its price in the city in June 2025. */
export interface PriceItem {
  readonly code: string
  readonly name: string
  readonly specification: string
  readonly group: string
  readonly unit: string
  /** VND. */
  readonly price: number
}

function items(prefix: string, table: string): PriceItem[] {
  return table
    .trim()
    .split('\n')
    .map((line, index) => {
      const [name = '', specification = '', group = '', unit = '', price = '0'] = line
        .split('|')
        .map((part) => part.trim())
      return {
        code: `${prefix}${String(index + 1).padStart(2, '0')}`,
        name,
        specification,
        group,
        unit,
        price: Number(price),
      }
    })
}

export const materials = items(
  'V01.',
  `
  Xi măng PCB40 Nghi Sơn | Bao 50 kg | Xi măng | kg | 1720
  Xi măng PCB40 Bỉm Sơn | Bao 50 kg | Xi măng | kg | 1680
  Xi măng PCB40 Đồng Lâm | Bao 50 kg | Xi măng | kg | 1640
  Xi măng PC40 rời | Xe bồn | Xi măng | tấn | 1540000
  Thép cuộn CB240-T | Ø6, Ø8 | Sắt thép | kg | 15200
  Thép thanh vằn CB300-V | Ø10 | Sắt thép | kg | 15450
  Thép thanh vằn CB400-V | Ø12 | Sắt thép | kg | 15300
  Thép thanh vằn CB400-V | Ø14–Ø32 | Sắt thép | kg | 15250
  Thép hình chữ I, H | SS400 | Sắt thép | kg | 18900
  Thép tấm | 5–12 mm | Sắt thép | kg | 17600
  Thép hộp mạ kẽm | 40×80×1,4 mm | Sắt thép | kg | 20100
  Dây thép buộc | 1 mm | Sắt thép | kg | 21000
  Cát xây | Mô đun 1,5–2,0 | Cát xây dựng | m³ | 190000
  Cát bê tông | Mô đun trên 2,0 | Cát xây dựng | m³ | 235000
  Cát tô, trát | Mô đun 0,7–1,4 | Cát xây dựng | m³ | 180000
  Cát san lấp | Tại mỏ | Cát xây dựng | m³ | 95000
  Đá dăm 1×2 | Mỏ Nhơn Hòa | Đá xây dựng | m³ | 330000
  Đá dăm 2×4 | Mỏ Nhơn Hòa | Đá xây dựng | m³ | 300000
  Đá dăm 4×6 | Mỏ Nhơn Hòa | Đá xây dựng | m³ | 270000
  Đá hộc | 15×30 cm | Đá xây dựng | m³ | 215000
  Cấp phối đá dăm loại 1 | Dmax 25 mm | Đá xây dựng | m³ | 255000
  Cấp phối đá dăm loại 2 | Dmax 37,5 mm | Đá xây dựng | m³ | 225000
  Đá granite lát | Trắng Phù Cát, dày 20 mm | Gạch ốp lát | m² | 410000
  Gạch không nung 4 lỗ | 80×80×180 mm | Gạch xây | viên | 1250
  Gạch bê tông đặc | 60×95×200 mm | Gạch xây | viên | 1480
  Gạch tuynel 6 lỗ | 75×110×175 mm | Gạch xây | viên | 1350
  Gạch tuynel 2 lỗ | 45×80×175 mm | Gạch xây | viên | 980
  Gạch AAC | 100×200×600 mm | Gạch xây | m³ | 1480000
  Gạch ceramic lát nền | 400×400 mm | Gạch ốp lát | m² | 128000
  Gạch granite bóng kính | 600×600 mm | Gạch ốp lát | m² | 215000
  Gạch ốp tường | 300×600 mm | Gạch ốp lát | m² | 185000
  Gạch terrazzo vỉa hè | 400×400×30 mm | Gạch ốp lát | m² | 112000
  Ngói đất nung 22 viên/m² | Phú Phong | Vật liệu lợp | viên | 9200
  Tôn sóng vuông | Dày 0,45 mm | Vật liệu lợp | m² | 128000
  Tấm lợp lấy sáng | Dày 1,5 mm | Vật liệu lợp | m² | 195000
  Gỗ ván khuôn nhóm VI | Dày 3 cm | Gỗ xây dựng | m³ | 4350000
  Cừ tràm | Dài 4 m | Gỗ xây dựng | cái | 38000
  Ván ép phủ phim | 1220×2440×18 mm | Gỗ xây dựng | tấm | 455000
  Sơn lót chống kiềm ngoại thất | Thùng 18 lít | Sơn, bột bả | lít | 118000
  Sơn nước nội thất | Thùng 18 lít | Sơn, bột bả | lít | 84000
  Bột bả tường | Bao 40 kg | Sơn, bột bả | kg | 9600
  Dây điện CV 2,5 mm² | 0,6/1 kV | Vật tư điện | m | 9800
  Cáp CXV 4×16 mm² | 0,6/1 kV | Vật tư điện | m | 245000
  Đèn LED đường phố | 120 W | Vật tư điện | cái | 4850000
  Ống luồn dây PVC | Ø20 | Vật tư điện | m | 8200
  Ống uPVC | Ø90 | Vật tư cấp thoát nước | m | 88000
  Ống HDPE PE100 PN10 | Ø110 | Vật tư cấp thoát nước | m | 168000
  Cống bê tông ly tâm | D600, H30 | Vật tư cấp thoát nước | m | 860000
  Cống bê tông ly tâm | D1000, H30 | Vật tư cấp thoát nước | m | 1720000
  Bê tông thương phẩm M200 | Độ sụt 12±2 | Bê tông thương phẩm | m³ | 1230000
  Bê tông thương phẩm M250 | Độ sụt 12±2 | Bê tông thương phẩm | m³ | 1300000
  Bê tông thương phẩm M300 | Độ sụt 12±2 | Bê tông thương phẩm | m³ | 1380000
  Nhựa đường 60/70 | Phuy | Nhựa đường, bê tông nhựa | kg | 17800
  Bê tông nhựa chặt C12,5 | Tại trạm | Nhựa đường, bê tông nhựa | tấn | 1690000
  Bê tông nhựa chặt C19 | Tại trạm | Nhựa đường, bê tông nhựa | tấn | 1610000
  Nhũ tương CRS-1 | Phuy | Nhựa đường, bê tông nhựa | kg | 15600
  Dầu diesel 0,05S-II | Vùng 1 | Nhiên liệu | lít | 17200
  Xăng RON 95-III | Vùng 1 | Nhiên liệu | lít | 19100
  Kính cường lực | Dày 10 mm | Vật liệu lợp | m² | 620000
  Tấm thạch cao chống ẩm | 1220×2440×9 mm | Vật liệu lợp | tấm | 172000
`,
)

/** Price of a man-day in wage region II. */
export const labour = items(
  'N1.',
  `
  Nhân công xây dựng nhóm 1 | Bậc 3,5/7: đào, đắp, bốc xếp | Công nhân xây dựng | công | 245000
  Nhân công xây dựng nhóm 2 | Bậc 3,5/7: nề, bê tông, cốt thép | Công nhân xây dựng | công | 268000
  Nhân công xây dựng nhóm 3 | Bậc 3,5/7: lắp đặt, hàn, điện, nước | Công nhân xây dựng | công | 281000
  Nhân công xây dựng nhóm 4 | Bậc 3,5/7: vận hành máy | Thợ vận hành máy, lái xe | công | 276000
  Lái xe các loại | Bậc 2/4 | Thợ vận hành máy, lái xe | công | 279000
  Kỹ sư khảo sát, thí nghiệm | Bậc 4/8 | Kỹ sư | công | 352000
  Thuyền viên, thủy thủ | Bậc 2/4 | Thợ vận hành máy, lái xe | công | 318000
  Thợ lặn | Bậc 2/4 | Công nhân xây dựng | công | 585000
  Nghệ nhân | Bậc 1,5/2 | Công nhân xây dựng | công | 566000
`,
)

/** Price of a shift in wage region II. */
export const machines = items(
  'M101.',
  `
  Máy đào một gầu bánh xích | 0,80 m³ | Máy làm đất | ca | 2620000
  Máy đào một gầu bánh xích | 1,25 m³ | Máy làm đất | ca | 3710000
  Máy ủi | 110 CV | Máy làm đất | ca | 2090000
  Máy san tự hành | 110 CV | Máy làm đất | ca | 2230000
  Máy xúc lật | 1,65 m³ | Máy làm đất | ca | 2410000
  Cần cẩu bánh xích | 25 t | Máy nâng chuyển | ca | 3080000
  Cần cẩu bánh hơi | 16 t | Máy nâng chuyển | ca | 2190000
  Cần trục tháp | 25 t | Máy nâng chuyển | ca | 3480000
  Vận thăng lồng | 3 t | Máy nâng chuyển | ca | 760000
  Máy lu bánh thép | 10 t | Máy đầm, lu | ca | 1190000
  Máy lu rung tự hành | 25 t | Máy đầm, lu | ca | 2640000
  Máy đầm đất cầm tay | 70 kg | Máy đầm, lu | ca | 385000
  Máy đầm dùi | 1,5 kW | Máy đầm, lu | ca | 301000
  Ô tô tự đổ | 10 t | Máy vận chuyển | ca | 1950000
  Ô tô tự đổ | 15 t | Máy vận chuyển | ca | 2680000
  Ô tô tưới nước | 5 m³ | Máy vận chuyển | ca | 1210000
  Máy trộn bê tông | 250 lít | Máy trộn, bơm bê tông | ca | 362000
  Máy bơm bê tông | 50 m³/h | Máy trộn, bơm bê tông | ca | 2560000
  Trạm trộn bê tông | 60 m³/h | Máy trộn, bơm bê tông | ca | 4480000
  Máy ép cọc trước | 150 t | Máy đóng, ép cọc | ca | 1220000
  Búa đóng cọc diesel | 3,5 t | Máy đóng, ép cọc | ca | 3980000
  Máy khoan cọc nhồi ED | Mômen 200 kNm | Máy đóng, ép cọc | ca | 8920000
  Máy hàn điện | 23 kW | Máy, thiết bị khác | ca | 402000
  Máy cắt uốn thép | 5 kW | Máy, thiết bị khác | ca | 318000
  Máy rải bê tông nhựa | 130 CV | Máy, thiết bị khác | ca | 5980000
  Máy nén khí diesel | 600 m³/h | Máy, thiết bị khác | ca | 1480000
`,
)
