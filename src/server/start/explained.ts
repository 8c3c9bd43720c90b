import { StartFailure } from '../../settings/start-failure.js'

/** Does one step of the start. What fails in it is something that the operator can put right: its message becomes the sentence. */
export async function explained<T>(what: string, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (error instanceof StartFailure) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new StartFailure(`${what}${message.replace(/[.\s]*$/, '')}.`, error)
  }
}
