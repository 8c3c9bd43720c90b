import type { Case } from './conformance-case.js'
import { entityCases } from './entity-cases.js'
import { faultCases } from './fault-cases.js'
import { lookupCases } from './lookup-cases.js'
import { readingCases } from './reading-cases.js'
import { sinceCases } from './since-cases.js'

export const allCases: readonly Case[] = [...readingCases, ...faultCases, ...entityCases, ...lookupCases, ...sinceCases]
