import { folded } from '../../connectors/mapping/text-folding.js'
import { composed } from '../../records/schema/plain-text.js'

/** The family names of nearly all Vietnamese, and the usual ones of the Cham, Ba Na and H'rê of the province. */
const familyNames = new Set(
  (
    'nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đoàn mai trương lương tô tạ hà thái lưu lâm ' +
    'cao châu triệu quách kiều nghiêm tống đào quang tăng phùng vương la bạch thạch sơn danh từ văn hứa đàm tôn chu nông khổng ' +
    'giang lại doãn thân viên ông đậu hán khương lục phí mạc trà cù tiêu nhan'
  ).split(' '),
)
const withoutMarks = new Set([...familyNames].map(folded))

/** Two to five words, each with a capital, the first a family name: `Nguyễn Thị Minh Khai`, `TRAN VAN A`. Streets look so, too. */
export function looksLikePersonName(text: string): boolean {
  const words = composed(text).trim().split(/\s+/)
  const [family = ''] = words
  if (words.length < 2 || words.length > 5 || !words.every((word) => /^\p{Lu}\p{L}*$/u.test(word))) return false
  const lower = family.toLowerCase()
  const hasMarks = words.some((word) => folded(word) !== word.toLowerCase())
  return hasMarks ? familyNames.has(lower) : withoutMarks.has(lower)
}
