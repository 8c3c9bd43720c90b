/** The kinds of things of the control plane that have a global id. */
export const nodeKinds = ['Theme', 'Agency', 'Dataset'] as const
export type NodeKind = (typeof nodeKinds)[number]

export interface NodeReference {
  readonly kind: NodeKind
  readonly code: string
}

/** The opaque global id of a theme, an agency or a dataset. */
export function encodeNodeId(kind: NodeKind, code: string): string {
  return Buffer.from(`${kind}:${code}`).toString('base64url')
}

/** What a global id stands for; undefined when it is not one of this control plane. */
export function decodeNodeId(id: string): NodeReference | undefined {
  const text = Buffer.from(id, 'base64url').toString()
  const kind = nodeKinds.find((name) => text.startsWith(`${name}:`))
  if (kind === undefined) return undefined
  const code = text.slice(kind.length + 1)
  // Decoding ignores foreign characters and padding: one thing has one id.
  return encodeNodeId(kind, code) === id ? { kind, code } : undefined
}
