// npm run bench:harvest [-- --quick | --rows N]: a CSV harvested from end to end, beside a bare COPY of it.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { measureHarvest, type HarvestFigures } from './measure-harvest.js'

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, rows: { type: 'string' } } })
const rows = z.coerce
  .number()
  .int()
  .positive()
  .parse(values.rows ?? (values.quick === true ? 100_000 : 1_000_000))
const folder = join(import.meta.dirname, '..', '..', 'data', 'bench-harvest')

for (const indexed of [true, false]) {
  const what = indexed ? 'with its indexes (text, order, place)' : 'with its key only'
  report(what, await measureHarvest(folder, rows, indexed))
}

function report(what: string, figures: HarvestFigures): void {
  const { copySeconds, firstSeconds, unchangedSeconds, conditionalSeconds, fewSeconds, fewWritten } = figures
  const line = (name: string, seconds: number, more: string): string =>
    `  ${name.padEnd(26)} ${seconds.toFixed(2).padStart(8)} s ${Math.round(rows / seconds)
      .toLocaleString('en')
      .padStart(12)} rows/s  ${more}`
  console.log(`${rows.toLocaleString('en')} rows x 10 columns into a table ${what}`)
  console.log(line('bare COPY', copySeconds, ''))
  console.log(
    line('first harvest', firstSeconds, `${percent(copySeconds / firstSeconds)} of the rate of COPY (to reach: 40%)`),
  )
  console.log(
    line(
      'unchanged, read again',
      unchangedSeconds,
      `${percent(unchangedSeconds / firstSeconds)} of the first time (to reach: 25%)`,
    ),
  )
  console.log(line('unchanged, source says so', conditionalSeconds, ''))
  console.log(line('1% changed', fewSeconds, `${percent(fewWritten / rows)} of the rows written (to reach: 1%)`))
  console.log(`  reading process: ${Math.round(figures.readerMegabytes)} MB at most\n`)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
