import { SourceNumber, type SourceObject, type SourceValue } from './driver.js'

export function isSourceObject(value: SourceValue | undefined): value is SourceObject {
  return typeof value === 'object' && value !== null && !isSourceList(value) && !(value instanceof SourceNumber)
}

export function isSourceList(value: SourceValue | undefined): value is readonly SourceValue[] {
  return Array.isArray(value)
}
