import 'reflect-metadata'
import { Arg } from 'type-graphql'
import { Language } from './enums.js'

/** The argument `lang: Language = VI` of a field that exists in both languages. */
export function Lang(): ReturnType<typeof Arg> {
  return Arg('lang', () => Language, { nullable: true, defaultValue: Language.VI })
}

/** An explicit null is no choice either. */
export function inLanguage<T>(lang: Language | null, vi: T, en: T): T {
  return lang === Language.EN ? en : vi
}
