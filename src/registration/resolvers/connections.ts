import { connectionOf } from '../../catalog/paging/connection.js'
import { ConnectorRun } from '../entities/connector-run.js'
import { Connector } from '../entities/connector.js'
import { RecordTypeProposal } from '../entities/record-type-proposal.js'
import { SetAsideRow } from '../entities/set-aside-row.js'

export const ConnectorConnection = connectionOf('Connector', Connector)
export const ConnectorRunConnection = connectionOf('ConnectorRun', ConnectorRun)
export const SetAsideRowConnection = connectionOf('SetAsideRow', SetAsideRow)
export const RecordTypeProposalConnection = connectionOf('RecordTypeProposal', RecordTypeProposal)
