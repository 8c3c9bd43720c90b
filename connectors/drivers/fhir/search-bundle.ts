import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import { SourceNumber, type SourceObject } from '../driver.js'
import { isSourceObject } from '../source-values.js'
import { objectsIn } from './answer-document.js'
import { refuseIndividualReport } from './measure-report.js'
import { refusePersonalType } from './resource-types.js'

export interface SearchPage {
  readonly resources: readonly SourceObject[]
  /** How many matches the server counts over all pages; undefined when it does not say. */
  readonly total: number | undefined
  /** As the server wrote it, relative or absolute; undefined on the last page. */
  readonly next: string | undefined
}

const expected = worded('a FHIR searchset', 'kết quả tìm kiếm FHIR (searchset)')

/** The matches of one page of a search. Entries that came along (include, outcome) or hold nothing are no records. */
export function readSearchBundle(bundle: SourceObject, resourceType: string): SearchPage {
  if (bundle['resourceType'] !== 'Bundle') {
    throw new SourceFault('NOT_DATA', { expected, detail: kindOf(bundle['resourceType']) })
  }
  const { type } = bundle
  if (type !== 'searchset' && type !== 'collection') {
    throw new SourceFault('NOT_DATA', { expected, detail: kindOf(type, worded('Bundle of type ', 'Bundle loại ')) })
  }
  return {
    resources: objectsIn(bundle['entry']).flatMap((entry) => matchIn(entry, resourceType)),
    total: countOf(bundle),
    next: nextOf(bundle),
  }
}

function matchIn(entry: SourceObject, resourceType: string): SourceObject[] {
  const { resource, search } = entry
  const mode = isSourceObject(search) ? search['mode'] : undefined
  if (!isSourceObject(resource) || mode === 'include' || mode === 'outcome') return []
  const type = resource['resourceType']
  if (typeof type !== 'string')
    throw new SourceFault('NOT_DATA', {
      expected,
      detail: worded('an entry has no resourceType', 'có mục không có resourceType'),
    })
  refusePersonalType(type)
  refuseIndividualReport(resource)
  if (type === resourceType) return [withoutAttachments(resource)]
  // Without a mode, what is not of the type asked for came along (the mode is optional in R4).
  if (mode === undefined) return []
  throw new SourceFault('NOT_DATA', {
    expected,
    detail: worded(
      `${resourceType} was asked for and a ${type} came`,
      `đã hỏi ${resourceType} nhưng nhận được ${type}`,
    ),
  })
}

/** The narrative repeats the fields as HTML, and contained resources may be anything: neither is data of the record. */
function withoutAttachments(resource: SourceObject): SourceObject {
  const kept: Record<string, SourceObject[string]> = { __proto__: null, ...resource }
  delete kept['text']
  delete kept['contained']
  return kept
}

function countOf(bundle: SourceObject): number | undefined {
  const { total } = bundle
  return total instanceof SourceNumber ? Number(total.text) : undefined
}

function nextOf(bundle: SourceObject): string | undefined {
  const url = objectsIn(bundle['link']).find((link) => link['relation'] === 'next')?.['url']
  return typeof url === 'string' && url !== '' ? url : undefined
}

/** `of`: what it is called by that name, when it is not the name of a resource. */
function kindOf(value: SourceObject[string] | undefined, of: Wording = asWritten('')): Wording {
  const name = typeof value === 'string' ? asWritten(value.slice(0, 60)) : worded('without name', 'không có tên')
  return worded(`it is a ${of.en}${name.en}`, `là ${of.vi}${name.vi}`)
}
