/** The least number of people of whom a figure does not tell who they are. */
const fewest = 5

/** A count of people as an office publishes it: none is a figure too, but of one to four there is none. */
export function publishedCount(people: number): number | null {
  return people > 0 && people < fewest ? null : people
}

/**
 * Part of a count, such as the women among all: there is no figure when the part, or what it leaves of the whole, is of one to four
 * people, since either would tell the other.
 */
export function publishedPart(part: number, whole: number): number | null {
  return publishedCount(whole) === null || publishedCount(whole - part) === null ? null : publishedCount(part)
}
