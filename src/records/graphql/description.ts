import type { Bilingual, Field } from '../schema/record-type.js'

/** As a GraphQL string, which a JSON string is as well. */
export function described(text: string): string {
  return JSON.stringify(text)
}

export function bilingual({ vi, en }: Bilingual): string {
  return vi === en ? vi : `${vi} — ${en}`
}

/** Title, unit and, if there is one, the description in both languages. */
export function titled(title: Bilingual, description?: Bilingual, unit?: string): string {
  const first = unit === undefined ? bilingual(title) : `${bilingual(title)} (${unit})`
  return described(description === undefined ? first : `${first}\n\n${bilingual(description)}`)
}

export function fieldDescription(field: Field): string {
  return titled(field.title, field.description, field.unit)
}

export function deprecation(field: Field): string {
  return field.deprecated === undefined ? '' : ` @deprecated(reason: ${described(field.deprecated)})`
}
