import { queriesOf } from '../../database/queries.js'
import type { Chore } from '../../harvest/schedule/chores.js'
import type { Logger } from '../../harvest/logger.js'
import { anchorText, type Anchor } from './verify-audit-log.js'

/**
 * Writes the newest entry into the program's log, every hour. Who keeps that log elsewhere has the anchors by which a log is found
 * that was cut short or written anew by somebody who may do everything in the database.
 */
export function tellAuditHead(logger: Logger): Chore {
  return {
    name: 'tell the head of the audit log',
    async run(client) {
      const [head] = await queriesOf(client)<Anchor>(
        'select seq::int as seq, hash from gateway.audit_entry order by audit_entry.seq desc limit 1',
      )
      if (head !== undefined) logger.info({ auditHead: anchorText(head) }, 'The newest entry of the audit log.')
    },
  }
}
