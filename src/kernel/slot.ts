import type { MizanError } from "./error.js";
import type { ContextState } from "./state.js";

interface SlotProgress {
  /** A request for the context is under way, or will be as soon as somebody subscribes. */
  readonly isFetching: boolean;
  /** The value is known to be older than the server's. */
  readonly isStale: boolean;
}

/** What one function of a context gave: the part of the context's state that concerns it. */
export type SlotState<Value, Failure = MizanError> = SlotProgress &
  (
    | {
        readonly status: "idle" | "loading";
        readonly data: undefined;
        readonly error: undefined;
      }
    | { readonly status: "success"; readonly data: Value; readonly error: undefined }
    | { readonly status: "error"; readonly data: Value | undefined; readonly error: Failure }
  );

/** The state of one slot. It fails alone: an error of another function of the context is not its error. */
export function slotState<Data extends object, Slot extends keyof Data, Failure = MizanError>(
  state: ContextState<Data>,
  slot: Slot,
): SlotState<Exclude<Data[Slot], undefined>, Failure> {
  const { data, slotErrors, isFetching, isStale } = state;
  const others: readonly unknown[] = Object.values(slotErrors);
  // The context fails with the error of a slot that has no value yet; the others have theirs.
  const whole = others.includes(state.error) ? undefined : state.error;
  const error = slotErrors[slot] ?? whole;
  const known = data !== undefined && Object.hasOwn(data, slot);
  const waiting = state.status === "idle" ? "idle" : "loading";
  return {
    status: error ? "error" : known ? "success" : waiting,
    data: known ? data[slot] : undefined,
    error,
    isFetching,
    isStale,
  } as SlotState<Exclude<Data[Slot], undefined>, Failure>;
}
