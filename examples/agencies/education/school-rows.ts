import type { Cell } from '../workbook.js'
import { sampleSchools, type Level, type SampleSchool, type SchoolYear, type Size } from './schools.js'

export interface SchoolInYear extends Size {
  readonly school: SampleSchool
}

const schools = sampleSchools()

/** The schools of a level that were open in a school year. */
export function schoolsInYear(level: Level, year: SchoolYear): SchoolInYear[] {
  return schools.flatMap((school) => {
    const size = school.sizes.get(year)
    return school.level === level && size !== undefined ? [{ school, ...size }] : []
  })
}

/** A school as a clerk typed it into a list: numbers, dates and gaps as they come. */
export interface TypedRow {
  code: Cell
  name: Cell
  communeCode: Cell
  commune: Cell
  address: Cell
  ownership: Cell
  openedOn: Cell
  classes: Cell
  pupils: Cell
  girls: Cell
  teachers: Cell
  standard: Cell
  latitude: Cell
  longitude: Cell
}

/** `nth` is the place in the list: every few rows somebody typed a number as text, or left a space behind. */
export function typedRow({ school, classes, pupils, girls, teachers }: SchoolInYear, nth: number): TypedRow {
  return {
    code: school.code,
    name: nth % 17 === 5 ? `${school.name}  ` : school.name,
    communeCode: school.commune.code,
    commune: `${school.commune.designation} ${school.commune.name}`,
    address: school.address,
    ownership: school.isPublic ? 'Công lập' : 'Tư thục',
    openedOn: nth % 3 === 0 && school.openedOn !== undefined ? { date: school.openedOn } : dayOf(school.openedOn),
    classes,
    pupils: pupils >= 1000 && nth % 2 === 0 ? vietnamese(pupils) : pupils,
    girls,
    teachers: nth % 29 === 7 ? null : teachers,
    standard: school.standard === 0 ? null : `Mức độ ${school.standard}`,
    latitude: school.latitude ?? null,
    longitude: school.longitude ?? null,
  }
}

/** `1.234`. */
export function vietnamese(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/gu, '.')
}

/** dd/MM/yyyy, or nothing. */
export function dayOf(isoDate: string | undefined): string | null {
  return isoDate === undefined ? null : isoDate.split('-').reverse().join('/')
}
