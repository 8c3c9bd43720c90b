import { rm } from 'node:fs/promises'

export default async function stopPostgres() {
  await globalThis.testPostgres.database[Symbol.asyncDispose]()
  await rm(globalThis.testPostgres.folder, { recursive: true, force: true })
}
