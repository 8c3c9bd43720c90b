import type { Chore } from '../harvest/schedule/chores.js'

/** Removes events older than CHANGES_KEEP_DAYS; whoever resumes from before them is told that the cursor has expired. */
export function pruneChanges(keepDays: number): Chore {
  return {
    name: 'prune changes',
    async run(client) {
      // By time of the position and not of the event, so that a position goes as a whole; the newest always stays.
      await client.query(
        `with gone as (
           select max(position) as position from gateway.change_event
           where at < now() - $1 * interval '1 day' and position < (select position from gateway.feed_head)
         ), removed as (
           delete from gateway.change_event e using gone g where e.position <= g.position
         )
         update gateway.feed_head h set oldest = greatest(h.oldest, g.position) from gone g where g.position is not null`,
        [keepDays],
      )
    },
  }
}
