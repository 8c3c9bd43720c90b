import type { MessagePort } from 'node:worker_threads'
import { GatewayError, type ErrorCode } from '../../errors/gateway-error.js'
import type { Delivery } from '../making/download-snapshots.js'
import type { FileRecipe } from '../making/file-recipe.js'

/** What the thread is told. */
export type ThreadMessage =
  /** A snapshot is opened and talks on this port from then on. */
  { readonly kind: 'open'; readonly port: MessagePort } | { readonly kind: 'stop' }

/** What a snapshot in the thread is told. */
export type SnapshotMessage =
  | { readonly kind: 'rows'; readonly call: number; readonly text: string; readonly values: readonly unknown[] }
  | { readonly kind: 'measure'; readonly call: number; readonly recipe: FileRecipe }
  | { readonly kind: 'send'; readonly call: number; readonly recipe: FileRecipe; readonly delivery: Delivery }
  /** One more piece may be sent. */
  | { readonly kind: 'more' }
  | { readonly kind: 'close'; readonly reason: FailureNote | undefined }

/** What a snapshot in the thread tells. */
export type SnapshotReport =
  | { readonly kind: 'opened' }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly call: number; readonly failure: FailureNote }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'ended'; readonly length: number }
  | { readonly kind: 'broken'; readonly failure: FailureNote }
  | { readonly kind: 'closed'; readonly failure: FailureNote | undefined }

/** A failure on its way to another thread, which keeps of an error only its message. */
export interface FailureNote {
  readonly code: ErrorCode | undefined
  readonly message: string
  readonly stack: string | undefined
}

export function noteOf(failure: unknown): FailureNote {
  if (!(failure instanceof Error)) return { code: undefined, message: String(failure), stack: undefined }
  const { message, stack } = failure
  return { code: failure instanceof GatewayError ? failure.code : undefined, message, stack }
}

export function failureOf({ code, message, stack }: FailureNote): Error {
  const cause = new Error(message)
  if (stack !== undefined) cause.stack = stack
  return code === undefined ? cause : new GatewayError(code, message, { cause })
}
