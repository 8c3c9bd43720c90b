/** What a transaction runs its statements with: a connection, or TypeORM's manager. */
interface Statements {
  query(text: string): Promise<unknown>
}

/**
 * To be called in the transaction of every change of the control plane that an answer could show: ETags are made of the
 * revision. Late in it, since all such changes wait for this row.
 */
export async function changeControlPlane(transaction: Statements): Promise<void> {
  await transaction.query('update gateway.control_revision set revision = revision + 1')
}
