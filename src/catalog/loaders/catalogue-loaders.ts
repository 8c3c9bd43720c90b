import type DataLoader from 'dataloader'
import { Any, type EntityManager } from 'typeorm'
import { Agency } from '../entities/agency.js'
import { Dataset } from '../entities/dataset.js'
import { Theme } from '../entities/theme.js'
import { existing, oneEach } from './batch.js'

/** Themes, agencies and datasets by their id, which exists, or by a code that somebody gave, which may not. */
export interface CatalogueLoaders {
  readonly theme: DataLoader<number, Theme>
  readonly agency: DataLoader<number, Agency>
  readonly dataset: DataLoader<number, Dataset>
  readonly themeByCode: DataLoader<string, Theme | null>
  readonly agencyByCode: DataLoader<string, Agency | null>
  readonly datasetByCode: DataLoader<string, Dataset | null>
}

export function catalogueLoaders(manager: EntityManager): CatalogueLoaders {
  const byId = ({ id }: { id: number }) => id
  const byCode = ({ code }: { code: string }) => code
  // Postgres cannot store the character U+0000: no code has it.
  const codes = (keys: readonly string[]) => ({ code: Any(keys.filter((key) => !key.includes('\0'))) })
  return {
    theme: existing('theme', (ids) => manager.findBy(Theme, { id: Any(ids) }), byId),
    agency: existing('agency', (ids) => manager.findBy(Agency, { id: Any(ids) }), byId),
    dataset: existing('dataset', (ids) => manager.findBy(Dataset, { id: Any(ids) }), byId),
    themeByCode: oneEach((keys) => manager.findBy(Theme, codes(keys)), byCode),
    agencyByCode: oneEach((keys) => manager.findBy(Agency, codes(keys)), byCode),
    datasetByCode: oneEach((keys) => manager.findBy(Dataset, codes(keys)), byCode),
  }
}
