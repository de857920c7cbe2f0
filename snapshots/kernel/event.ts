// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

/** What happens inside, in the order it happens. `at`: a context or function by its wire name. */
export type KernelEvent =
  /** A read leaves. */
  | { readonly type: "send"; readonly at: string }
  | { readonly type: "call"; readonly at: string; readonly input: unknown }
  /** A call has succeeded. */
  | { readonly type: "done"; readonly at: string }
  /** A try of a read, or a call, has failed. */
  | { readonly type: "error"; readonly at: string; readonly error: unknown }
  /** A listener, handler or optimistic function of the app threw. */
  | { readonly type: "thrown"; readonly error: unknown }
  /** A refetch could not catch up with an invalidation. */
  | { readonly type: "stale"; readonly at: string }
  /** The server speaks another version of the contract. */
  | { readonly type: "skew"; readonly fingerprint: string }
  /** The identity changed: everything private was dropped. */
  | { readonly type: "identity" };
