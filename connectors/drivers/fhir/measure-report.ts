import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded, type Wording } from '../../../src/errors/wording.js'
import type { SourceObject } from '../driver.js'
import { isSourceObject } from '../source-values.js'

const personSubject = /(^|\/)(Patient|RelatedPerson|Practitioner|PractitionerRole|Device|Group)\//

/**
 * A MeasureReport is an aggregate only when its type is `summary`. `individual` is one patient's report; `subject-list` and
 * `data-collection` name the patients that were counted.
 */
export function refuseIndividualReport(resource: SourceObject): void {
  if (resource['resourceType'] !== 'MeasureReport') return
  const { type, subject } = resource
  if (type !== 'summary')
    throw personal('MeasureReport.type', worded('a report on single patients', 'báo cáo về từng người bệnh'))
  const reference = isSourceObject(subject) ? subject['reference'] : undefined
  if (typeof reference === 'string' && personSubject.test(reference)) {
    throw personal('MeasureReport.subject', worded('a report on a person', 'báo cáo về một người'))
  }
  if (resource['evaluatedResource'] !== undefined) {
    throw personal(
      'MeasureReport.evaluatedResource',
      worded('references to the records of patients', 'dẫn tới hồ sơ người bệnh'),
    )
  }
}

function personal(field: string, kind: Wording): SourceFault {
  return new SourceFault('PERSONAL_DATA', { field, kind })
}
