import 'reflect-metadata'
import { registerEnumType } from 'type-graphql'

/** The roles that a key can give. */
export const Role = { AGENCY: 'AGENCY', COORDINATOR: 'COORDINATOR', ADMIN: 'ADMIN' } as const
export type Role = keyof typeof Role
registerEnumType(Role, {
  name: 'Role',
  description: 'What a key allows besides reading. vi: Quyền của khóa truy cập.',
  valuesConfig: {
    AGENCY: { description: "Its agency's connectors and datasets. vi: Bộ kết nối và dữ liệu của cơ quan mình." },
    COORDINATOR: { description: 'The plan and all agencies. vi: Kế hoạch và mọi cơ quan.' },
    ADMIN: { description: 'Everything, keys too. vi: Toàn quyền, kể cả khóa truy cập.' },
  },
})
