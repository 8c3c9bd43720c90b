import { isToOne } from '../../records/schema/field-kind.js'
import type { Bilingual, Field, RecordType } from '../../records/schema/record-type.js'
import { findRelation, type Planning } from '../../records/query/plan/planning.js'
import { wrongParameter } from '../problem.js'
import type { DownloadColumn, RelationStep } from './column.js'

const maxColumns = 200
const maxSteps = 3

/** The type of the places that records refer to; a file shows their codes and names beside their keys. */
const placeType = 'AdministrativeUnit'
const placeFields = ['code', 'name']

const keyTitle: Bilingual = { vi: 'Khóa', en: 'Key' }
const updatedAtTitle: Bilingual = { vi: 'Cập nhật lúc', en: 'Updated at' }

/** The columns of a file when none are chosen: the key and every field, places with their code and name. */
export function defaultColumns(planning: Planning, type: RecordType): DownloadColumn[] {
  const columns: DownloadColumn[] = [keyColumn([], [])]
  for (const field of type.fields) {
    columns.push(fieldColumn(field, [], []))
    if (!isToOne(field) || field.reference?.target !== placeType) continue
    const found = findRelation(planning, type, field.name)
    if (found?.to !== 'one') continue
    const step: RelationStep = { name: field.name, relation: found.relation }
    for (const shown of found.relation.target.fields) {
      if (placeFields.includes(shown.name)) columns.push(fieldColumn(shown, [step], [field.title]))
    }
  }
  return columns
}

/** The columns that `fields` names, such as `code,name,district.name`, in that order. */
export function chosenColumns(planning: Planning, type: RecordType, names: readonly string[]): DownloadColumn[] {
  if (names.length > maxColumns) {
    throw wrongParameter('fields', `fields takes at most ${maxColumns} names.`, {})
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw wrongParameter('fields', `fields names ${twice} twice.`, {})
  return names.map((name) => chosenColumn(planning, type, name))
}

function chosenColumn(planning: Planning, type: RecordType, name: string): DownloadColumn {
  const parts = name.split('.')
  const last = parts.pop() ?? ''
  if (parts.length > maxSteps) {
    throw wrongParameter('fields', `${name} goes through more than ${maxSteps} relations.`, {})
  }
  const path: RelationStep[] = []
  const titles: Bilingual[] = []
  let at = type
  for (const part of parts) {
    const found = findRelation(planning, at, part)
    if (found?.to !== 'one') {
      throw wrongParameter('fields', `${part} of ${name} is not a relation of ${at.code} to one record.`, {
        allowed: relationNames(planning, at),
      })
    }
    titles.push(titleOf(at, part) ?? found.relation.target.title)
    path.push({ name: part, relation: found.relation })
    at = found.relation.target
  }
  if (last === 'key') return keyColumn(path, titles)
  if (last === 'updatedAt') {
    return { name, title: joined([...titles, updatedAtTitle]), path, value: { kind: 'updatedAt' } }
  }
  const field = at.fields.find((each) => each.name === last)
  if (field === undefined) {
    throw wrongParameter('fields', `${at.code} has no field ${JSON.stringify(last)}.`, {
      allowed: ['key', 'updatedAt', ...at.fields.map((each) => each.name)],
      relations: relationNames(planning, at),
    })
  }
  return fieldColumn(field, path, titles)
}

function relationNames(planning: Planning, type: RecordType): string[] {
  const own = type.fields.filter(isToOne).map((field) => field.name)
  const reverse = planning.types.reverseOf(type.code).filter((each) => each.single)
  return [...own, ...reverse.map((each) => each.name)]
}

function titleOf(type: RecordType, name: string): Bilingual | undefined {
  return type.fields.find((field) => field.name === name)?.title
}

function keyColumn(path: readonly RelationStep[], titles: readonly Bilingual[]): DownloadColumn {
  return { name: dotted(path, 'key'), title: joined([...titles, keyTitle]), path, value: { kind: 'key' } }
}

function fieldColumn(field: Field, path: readonly RelationStep[], titles: readonly Bilingual[]): DownloadColumn {
  return {
    name: dotted(path, field.name),
    title: joined([...titles, field.title]),
    path,
    value: { kind: 'field', field },
  }
}

function dotted(path: readonly RelationStep[], name: string): string {
  return [...path.map((step) => step.name), name].join('.')
}

function joined(titles: readonly Bilingual[]): Bilingual {
  return { vi: titles.map(({ vi }) => vi).join(' – '), en: titles.map(({ en }) => en).join(' – ') }
}
