import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import type { Answer, SourceObject, SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'

/** Statuses with which FHIR servers explain in an OperationOutcome what was wrong with the question. */
export const explainedStatuses = [400, 404, 410, 422]

const longestDiagnostics = 200

/** A resource as a FHIR server answered with it; an OperationOutcome in place of it is a fault with its diagnostics. */
export async function resourceOf(answer: Answer, expected: Wording): Promise<SourceObject> {
  const document = answer.status < 300 ? await answer.json() : await explanationOf(answer)
  const type = isSourceObject(document) ? document['resourceType'] : undefined
  const said = isSourceObject(document) && type === 'OperationOutcome' ? diagnosticsOf(document) : ''
  if (answer.status === 404 || answer.status === 410) {
    throw new SourceFault('NOT_FOUND', {
      what: said === '' ? expected : worded(`${expected.en} (${said})`, `${expected.vi} (${said})`),
    })
  }
  if (answer.status >= 300) {
    throw new SourceFault('NOT_DATA', {
      expected,
      detail: said === '' ? worded(`HTTP status ${answer.status}`, `mã HTTP ${answer.status}`) : asWritten(said),
    })
  }
  if (!isSourceObject(document) || typeof type !== 'string') {
    throw new SourceFault('NOT_DATA', {
      expected,
      detail: worded('the answer is not a FHIR resource', 'không phải là tài nguyên FHIR'),
    })
  }
  if (type === 'OperationOutcome')
    throw new SourceFault('NOT_DATA', { expected, detail: asWritten(said || 'OperationOutcome') })
  return document
}

export function objectsIn(value: SourceValue | undefined): readonly SourceObject[] {
  return isSourceList(value) ? value.filter(isSourceObject) : []
}

/** An error's body is often no JSON at all; then its status says all there is. */
async function explanationOf(answer: Answer): Promise<SourceValue> {
  try {
    return await answer.json()
  } catch (error) {
    if (error instanceof SourceFault && error.code === 'NOT_DATA') return null
    throw error
  }
}

function diagnosticsOf(outcome: SourceObject): string {
  const texts = objectsIn(outcome['issue']).map((issue) => {
    const details = issue['details']
    const said = issue['diagnostics'] ?? (isSourceObject(details) ? details['text'] : undefined) ?? issue['code']
    return typeof said === 'string' ? said.replaceAll(/\s+/g, ' ').trim() : ''
  })
  const whole = texts.filter((text) => text !== '').join('; ')
  return whole.length <= longestDiagnostics ? whole : `${whole.slice(0, longestDiagnostics - 1)}…`
}
