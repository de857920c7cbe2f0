import type { MutationDescriptor } from "./descriptor.js";
import type { MizanError } from "./error.js";
import type { CallArguments, Kernel } from "./mizan.js";
import { guard } from "./store.js";

export type MutationStatus = "idle" | "pending" | "success" | "error";

interface MutationFlags {
  readonly isPending: boolean;
  readonly isSuccess: boolean;
  readonly isError: boolean;
}

/** Where the calls of one holder stand: an immutable snapshot. */
export type MutationState<Output, Failure = MizanError> = MutationFlags &
  (
    | { readonly status: "idle" | "pending"; readonly data: undefined; readonly error: undefined }
    | { readonly status: "success"; readonly data: Output; readonly error: undefined }
    | { readonly status: "error"; readonly data: undefined; readonly error: Failure }
  );

/** A mutation with a state, for one component. All members can be used unbound. */
export interface MutationHandle<Input, Output, Failure, Targets> {
  /** The same object until something changed. */
  readonly getState: () => MutationState<Output, Failure>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Rejects when the call failed. */
  readonly mutateAsync: (...args: CallArguments<Input, Targets>) => Promise<Output>;
  /** Never rejects: the outcome is in the state. */
  readonly mutate: (...args: CallArguments<Input, Targets>) => void;
  /** Back to `idle`; calls under way go on, but no longer show. */
  readonly reset: () => void;
}

/** Follows the calls that one component makes. Pending until all have settled; the outcome shown is that of the last one. */
export function createMutation<Input, Output, Failure, Targets extends object>(
  mizan: Kernel,
  mutation: MutationDescriptor<string, Input, Output, Failure, Targets>,
): MutationHandle<Input, Output, Failure, Targets> {
  const listeners = new Set<{ readonly listener: () => void }>();
  const idle = stateOf<Output, Failure>("idle");
  let state = idle;
  /** What is shown once nothing is pending. */
  let outcome = idle;
  let pending = 0;
  let last = 0;
  /** Counts resets: calls of an earlier round no longer show. */
  let round = 0;

  function show(next: MutationState<Output, Failure>): void {
    state = next;
    for (const { listener } of [...listeners]) guard(listener);
  }

  async function mutateAsync(...args: CallArguments<Input, Targets>): Promise<Output> {
    const own = ++last;
    const ownRound = round;
    pending++;
    if (!state.isPending) show(stateOf("pending"));
    const settle = (next: MutationState<Output, Failure>): void => {
      if (ownRound !== round) return;
      if (own === last) outcome = next;
      if (--pending === 0) show(outcome);
    };
    try {
      const data = await mizan.call(mutation, ...args);
      settle(stateOf("success", data));
      return data;
    } catch (cause) {
      settle(stateOf<Output, Failure>("error", undefined, cause as Failure));
      throw cause;
    }
  }

  return {
    getState: () => state,
    subscribe(listener) {
      const own = { listener };
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    mutateAsync,
    mutate: (...args) => void mutateAsync(...args).catch(() => {}),
    reset() {
      round++;
      pending = 0;
      outcome = idle;
      if (state !== idle) show(idle);
    },
  };
}

function stateOf<Output, Failure>(
  status: MutationStatus,
  data?: Output,
  error?: Failure,
): MutationState<Output, Failure> {
  return {
    status,
    data,
    error,
    isPending: status === "pending",
    isSuccess: status === "success",
    isError: status === "error",
  } as MutationState<Output, Failure>;
}
