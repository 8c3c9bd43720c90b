import { Notice } from '../notices/notice.js'
import { ConnectorRun } from './entities/connector-run.js'
import { ConnectorVersion } from './entities/connector-version.js'
import { Connector } from './entities/connector.js'
import { RecordTypeProposal } from './entities/record-type-proposal.js'
import { SetAsideRow } from './entities/set-aside-row.js'

/** For `openControlDatabase`, beside those of the catalogue. */
export const registrationEntities = [Connector, ConnectorVersion, ConnectorRun, SetAsideRow, RecordTypeProposal, Notice]
