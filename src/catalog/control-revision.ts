import type { EntityManager } from 'typeorm'

/** To be called in the transaction of every change of the control plane that an answer could show: ETags are made of it. */
export async function changeControlPlane(manager: EntityManager): Promise<void> {
  await manager.query('update gateway.control_revision set revision = revision + 1')
}

export async function controlRevision(manager: EntityManager): Promise<string> {
  const [row]: { revision: string }[] = await manager.query('select revision from gateway.control_revision')
  if (row === undefined) throw new Error('gateway.control_revision has no row.')
  return row.revision
}
