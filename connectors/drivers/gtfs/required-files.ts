import { notAFeed, type FeedArchive } from './feed-archive.js'
import { worded } from '../../../src/errors/wording.js'

const always = ['agency', 'stops', 'routes', 'trips', 'stop_times']

/** A feed without these says nothing: throws a SourceFault that names what is missing. */
export function requireFiles(archive: FeedArchive): void {
  const missing = always.filter((file) => !archive.has(file)).map((file) => `${file}.txt`)
  if (!archive.has('calendar') && !archive.has('calendar_dates')) missing.push('calendar.txt or calendar_dates.txt')
  if (missing.length > 0) throw notAFeed(worded(`it lacks ${missing.join(', ')}`, `thiếu ${missing.join(', ')}`))
}
