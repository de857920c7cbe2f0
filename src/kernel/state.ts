import type { MizanError } from "./error.js";

export type ContextStatus = "idle" | "loading" | "success" | "error";

interface Progress<Data> {
  /** A request is under way, or will be as soon as somebody subscribes. */
  readonly isFetching: boolean;
  /** The data is known to be older than the server's. */
  readonly isStale: boolean;
  /** Functions of the context that failed while others answered, by slot. */
  readonly slotErrors: { readonly [Slot in keyof Data]?: MizanError | undefined };
  /** When the data arrived, in milliseconds since 1970 by a clock that does not jump; undefined before. */
  readonly updatedAt: number | undefined;
}

/** The params are not known yet. */
export interface IdleState<Data> extends Progress<Data> {
  readonly status: "idle";
  readonly data: undefined;
  readonly error: undefined;
}

export interface LoadingState<Data> extends Progress<Data> {
  readonly status: "loading";
  readonly data: undefined;
  readonly error: undefined;
}

export interface SuccessState<Data> extends Progress<Data> {
  readonly status: "success";
  readonly data: Data;
  readonly error: undefined;
}

/** The last load failed, wholly or in a slot that has no value yet. What was known before is kept, as stale. */
export interface ErrorState<Data> extends Progress<Data> {
  readonly status: "error";
  readonly data: Partial<Data> | undefined;
  readonly error: MizanError;
}

/** An immutable snapshot of one context, replaced as a whole and only when something in it changed. */
export type ContextState<Data> =
  IdleState<Data> | LoadingState<Data> | SuccessState<Data> | ErrorState<Data>;

export const idleState: IdleState<object> = {
  status: "idle",
  data: undefined,
  error: undefined,
  isFetching: false,
  isStale: false,
  slotErrors: {},
  updatedAt: undefined,
};

/** What a context reads as before its first answer, whether or not somebody subscribed: servers and browsers render the same. */
export const loadingState: LoadingState<object> = {
  ...idleState,
  status: "loading",
  isFetching: true,
};
