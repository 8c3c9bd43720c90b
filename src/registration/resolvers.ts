import { AuditResolver } from '../access/audit/audit-resolver.js'
import { NoticeMailResolver } from '../notices/notice-mail-resolver.js'
import { NoticeResolver, NoticeRowFields } from '../notices/notice-resolver.js'
import { ProposalResolver } from './proposals/proposal-resolver.js'
import { ConnectorFields, ConnectorVersionFields } from './resolvers/connector-fields.js'
import { ConnectorMutations } from './resolvers/connector-mutations.js'
import { ConnectorQueries } from './resolvers/connector-queries.js'
import { RunErrorFields, RunFields, RunNoteFields, SetAsideRowFields } from './resolvers/run-fields.js'
import { WithdrawalResolver } from './withdrawal/withdrawal-resolver.js'

/** For the control schema; their context is a RegistrationContext. */
export const registrationResolvers = [
  ConnectorQueries,
  ConnectorMutations,
  ConnectorFields,
  ConnectorVersionFields,
  RunFields,
  RunErrorFields,
  RunNoteFields,
  SetAsideRowFields,
  ProposalResolver,
  WithdrawalResolver,
  NoticeResolver,
  NoticeMailResolver,
  NoticeRowFields,
  AuditResolver,
] as const

/**
 * What is for holders of keys: runs, notices and the log change with no version nor revision, and whether the log is intact must
 * be found out each time.
 */
export const registrationFieldsMadeAnew: ReadonlySet<string> = new Set([
  'connector',
  'connectors',
  'recordTypeProposals',
  'notices',
  'noticeWebhook',
  'noticeMail',
  'auditLog',
  'verifyAuditLog',
  'keys',
])
