import { afterEach, beforeEach, vi } from "vitest";
import { createKernel, type ContextHandle, type ContextState, type Mizan } from "../index.js";
import type { KernelEvent, MizanOptions } from "../index.js";
import { contract, data, renameUser, userContext, type UserContextData } from "./bookshop.js";
import { DeferredServer, idle } from "./deferred-server.js";
import { FakePage } from "./fake-page.js";

export * from "./bookshop.js";
export * from "./deferred-server.js";
export * from "./fake-page.js";
export * from "./line.js";

export type Contexts = { user: typeof userContext };
export type Mutations = { rename_user: typeof renameUser };

/** A kernel, the server that it talks to, and what it said. */
export interface Bench {
  readonly mizan: Mizan<Contexts, Mutations>;
  readonly server: DeferredServer;
  readonly events: KernelEvent[];
}

/** The page of the running test. */
export let page: FakePage;
/** What was reported as thrown by the app's own functions. */
export let reported: unknown[];

const alive: Mizan<Contexts, Mutations>[] = [];

/** Virtual time and a fake page around each test of a file. */
export function useVirtualTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    page = new FakePage();
    page.install();
    reported = [];
    vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
  });
  afterEach(() => {
    for (const mizan of alive.splice(0)) mizan.destroy();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

/** A kernel in a browser, unless `options` say otherwise. Destroyed when the test ends. */
export function bench(options: MizanOptions = {}, server = new DeferredServer()): Bench {
  const events: KernelEvent[] = [];
  const mizan = createKernel<Contexts, Mutations>(contract, {
    fetch: server.fetch,
    onEvent: (event) => events.push(event),
    ...options,
  });
  alive.push(mizan);
  return { mizan, server, events };
}

/** What an observer was told: one snapshot for each notification. */
export interface Trace<Data> {
  readonly seen: ContextState<Data>[];
  readonly state: ContextState<Data>;
  readonly stop: () => void;
}

export function observe<Data>(handle: ContextHandle<Data>): Trace<Data> {
  const seen: ContextState<Data>[] = [];
  const stop = handle.subscribe(() => seen.push(handle.getState()));
  return {
    seen,
    stop,
    get state() {
      return handle.getState();
    },
  };
}

/** The handle of user 7, loaded with `data` and observed. */
export async function loaded(
  { mizan, server }: Bench,
  more: { rev?: number } = {},
  user_id = 7,
): Promise<{ handle: ContextHandle<UserContextData>; trace: Trace<UserContextData> }> {
  const handle = mizan.registerContext(userContext, { user_id });
  const trace = observe(handle);
  await idle();
  await server.one.bundle(data, more);
  trace.seen.length = 0;
  return { handle, trace };
}

/** A call whose answer carries these invalidations. */
export async function answer({ mizan, server }: Bench, invalidate: unknown[]): Promise<void> {
  const call = mizan.call(renameUser, { user_id: 7, name: "Zoe" });
  await idle();
  await server.calls.at(-1)?.result(null, { invalidate });
  await call;
}

/** A merge of the profile of user 7, as an answer carries it. */
export const mergeProfile = (name: string, more: object = {}): object => ({
  context: "user",
  slot: "user_profile",
  params: { user_id: 7 },
  value: { id: 7, name },
  ...more,
});

/** A merge of the orders of user 7. */
export const mergeOrders = (qty: number, more: object = {}): object => ({
  context: "user",
  slot: "user_orders",
  params: { user_id: 7 },
  value: [{ id: 1, qty }],
  ...more,
});

/** A bundle of user 7. */
export const userData = (name: string, qty = 1): UserContextData => ({
  user_profile: { id: 7, name },
  user_orders: [{ id: 1, qty }],
});

/** A call whose outcome the test does not look at. */
export function start(call: Promise<unknown>): void {
  call.catch(() => undefined);
}
