import { expect, vi } from "vitest";
import {
  createKernel,
  mutation,
  type ContextState,
  type Dehydrated,
  type Mizan,
} from "../../index.js";
import type { ContextDescriptor } from "../../descriptor.js";
import { contract } from "../bookshop.js";
import { FakeChannel, type FakePage } from "../fake-page.js";

/** Cells of a bundle: whose it is, and the number of the write that made it. */
interface Cell {
  readonly owner: number;
  readonly version: number;
}
type Bundle = { a: Cell; b: Cell };
type Slot = keyof Bundle;

const pair: ContextDescriptor<"pair", { id: number }, Bundle> = {
  kind: "context",
  contract: { ...contract, session: null },
  name: "pair",
  path: "ctx/pair/",
  params: { id: "number" },
  slots: ["a", "b"],
};

const write = mutation<
  "write",
  { id: number; slot: Slot },
  null,
  never,
  { pair: { a: Cell; b: Cell } }
>({
  contract: pair.contract,
  name: "write",
  path: "call/write",
  targets: [
    { context: "pair", slot: "a", params: { id: ["id"] } },
    { context: "pair", slot: "b", params: { id: ["id"] } },
  ],
});

/**
 * How the server numbers its data (protocol 5.2): not at all; in the transaction that writes it; or after its commit, where a read in
 * between gets new data under the old number, and a merge is sent only if nothing else was numbered since the call began (S2, S3).
 */
export type Revisions = "none" | "in the transaction" | "after the commit";

/** A request on its way: to the server, then back. */
interface Exchange {
  readonly kind: "read" | "call";
  readonly id: number;
  readonly url: string;
  readonly input: { id: number; slot: Slot } | undefined;
  /** What a call has written, before it is numbered. `since`: the newest revision when it began. */
  committed: { readonly value: Cell; readonly since: number } | undefined;
  /** What the server said; it has been carried out. */
  answer: object | undefined;
  settle: (response: object | Error) => void;
  aborted: boolean;
}

export type Step =
  | { readonly do: "mount" | "unmount" | "refetch" | "force" | "invalidate"; readonly id: number }
  | { readonly do: "write"; readonly id: number; readonly slot: Slot; readonly optimistic: boolean }
  | { readonly do: "serve" | "deliver"; readonly pick: number; readonly merge: boolean }
  | { readonly do: "break"; readonly pick: number; readonly served: boolean }
  | { readonly do: "foreign"; readonly id: number; readonly slot: Slot; readonly told: boolean }
  | { readonly do: "hydrate"; readonly late: boolean }
  | { readonly do: "time"; readonly ms: number }
  | { readonly do: "focus" | "restore" | "pause" };

/** What an optimistic layer adds to a version: all layers of a schedule together stay below one. */
const SHOWN = 1 / 64;

/** Milliseconds. */
const STALE_TIME = 5000;

const immediate = globalThis.setImmediate;
/** Lets every microtask run. */
const settle = (): Promise<void> => new Promise((resolve) => immediate(resolve));

/** A server, a kernel, and everything that must hold of the two at every moment. */
export class World {
  readonly kernel: Mizan;
  readonly #page: FakePage;
  readonly #revisions: Revisions;
  readonly #data = new Map<number, Bundle>();
  readonly #revs = new Map<number, number>();
  readonly #open: Exchange[] = [];
  #version = 0;
  #rev = 100;
  /** Newest own write of each cell that the client knows of, or must suspect. */
  readonly #own = new Map<string, number>();
  readonly #observers = new Map<
    number,
    { stop: () => void; seen: ContextState<Bundle>[]; texts: string[] }[]
  >();
  #failed = false;
  #payload: Dehydrated | undefined;

  constructor(page: FakePage, revisions: Revisions) {
    this.#page = page;
    this.#revisions = revisions;
    this.kernel = createKernel(pair.contract, {
      fetch: (url, init) => this.#receive(url, init) as Promise<Response>,
      staleTime: STALE_TIME,
      gcTime: 3000,
      timeout: Infinity,
    });
  }

  #cells(id: number): Bundle {
    const known = this.#data.get(id);
    if (known) return known;
    const made = { a: { owner: id, version: 0 }, b: { owner: id, version: 0 } };
    this.#data.set(id, made);
    return made;
  }

  #write(id: number, slot: Slot): Cell {
    const cell = { owner: id, version: ++this.#version };
    this.#data.set(id, { ...this.#cells(id), [slot]: cell });
    return cell;
  }

  #number(id: number): void {
    this.#revs.set(id, ++this.#rev);
  }

  #receive(url: string, init: RequestInit): Promise<object> {
    return new Promise((resolve, reject) => {
      const input =
        init.method === "POST"
          ? (JSON.parse(init.body as string) as { id: number; slot: Slot })
          : undefined;
      const exchange: Exchange = {
        kind: input ? "call" : "read",
        id: input?.id ?? Number(/[?&]id=(\d+)/.exec(url)?.[1]),
        url,
        input,
        committed: undefined,
        answer: undefined,
        aborted: false,
        settle: (response) => (response instanceof Error ? reject(response) : resolve(response)),
      };
      this.#open.push(exchange);
      init.signal?.addEventListener("abort", () => {
        exchange.aborted = true;
        this.#remove(exchange);
        reject(new DOMException("aborted", "AbortError"));
      });
    });
  }

  #remove(exchange: Exchange): void {
    const index = this.#open.indexOf(exchange);
    if (index >= 0) this.#open.splice(index, 1);
  }

  /** The server carries the request out, whole. */
  #serve(exchange: Exchange, merge: boolean): void {
    while (!exchange.answer) this.#proceed(exchange, merge);
  }

  /** The server takes the next step of the request. */
  #proceed(exchange: Exchange, merge: boolean): void {
    const { id, input } = exchange;
    const label = (rev: number): object => (this.#revisions === "none" ? {} : { rev });
    if (!input) {
      const data = this.#cells(id);
      exchange.answer = {
        mizan: 1,
        context: "pair",
        params: { id },
        data,
        ...label(this.#revs.get(id) ?? 1),
      };
      return;
    }
    exchange.committed ??= { since: this.#rev, value: this.#write(id, input.slot) };
    const { value, since } = exchange.committed;
    if (this.#revisions === "after the commit" && !this.#committed.has(exchange)) {
      this.#committed.add(exchange);
      return;
    }
    const conflict = (this.#revs.get(id) ?? 0) > since;
    this.#number(id);
    const target = { context: "pair", params: { id }, ...label(this.#rev) };
    exchange.answer =
      merge && !conflict
        ? { result: null, merge: [{ ...target, slot: input.slot, value }] }
        : { result: null, invalidate: [target] };
    this.#suspect(id, input.slot, value.version, exchange);
  }

  /** Calls that have committed and are not numbered yet. */
  readonly #committed = new Set<Exchange>();
  readonly #suspected = new Map<Exchange, { key: string; version: number }>();
  #suspect(id: number, slot: Slot, version: number, exchange: Exchange): void {
    this.#suspected.set(exchange, { key: `${id}.${slot}`, version });
  }

  /** From now on the client must not show anything older. */
  #known(exchange: Exchange): void {
    const suspected = this.#suspected.get(exchange);
    if (!suspected) return;
    this.#own.set(suspected.key, Math.max(this.#own.get(suspected.key) ?? 0, suspected.version));
  }

  #deliver(exchange: Exchange): void {
    this.#remove(exchange);
    this.#known(exchange);
    exchange.settle(response(JSON.stringify(exchange.answer)));
  }

  #break(exchange: Exchange): void {
    this.#failed = true;
    this.#remove(exchange);
    this.#known(exchange);
    exchange.settle(new TypeError("connection lost"));
  }

  async step(step: Step): Promise<void> {
    const { kernel } = this;
    switch (step.do) {
      case "mount": {
        const handle = kernel.registerContext(pair, { id: step.id });
        const seen: ContextState<Bundle>[] = [];
        const texts: string[] = [];
        const stop = handle.subscribe(() => {
          const state = handle.getState();
          expect(state, "a notification without a change").not.toBe(seen.at(-1));
          seen.push(state);
          texts.push(JSON.stringify(state));
        });
        this.#observers.set(step.id, [
          ...(this.#observers.get(step.id) ?? []),
          { stop, seen, texts },
        ]);
        break;
      }
      case "unmount":
        this.#observers.get(step.id)?.shift()?.stop();
        break;
      case "refetch":
      case "force":
        void kernel.registerContext(pair, { id: step.id }).refetch({ force: step.do === "force" });
        break;
      case "invalidate":
        kernel.invalidate(pair, step.id ? { id: step.id } : undefined);
        break;
      case "write": {
        const { id, slot } = step;
        const change = (cell: Cell): Cell => ({ ...cell, version: cell.version + SHOWN });
        const optimistic = step.optimistic ? { pair: { [slot]: change } } : undefined;
        kernel.call(write, { id, slot }, { optimistic }).catch(() => undefined);
        break;
      }
      case "serve": {
        const waiting = this.#open.filter(({ answer }) => !answer);
        const exchange = waiting[step.pick % waiting.length];
        if (exchange) this.#proceed(exchange, step.merge);
        break;
      }
      case "deliver": {
        const exchange = this.#open[step.pick % this.#open.length];
        if (!exchange) break;
        if (!exchange.answer) this.#serve(exchange, step.merge);
        this.#deliver(exchange);
        break;
      }
      case "break": {
        const exchange = this.#open[step.pick % this.#open.length];
        if (!exchange) break;
        if (step.served && !exchange.answer) this.#serve(exchange, true);
        this.#break(exchange);
        break;
      }
      case "foreign": {
        const { version } = this.#write(step.id, step.slot);
        this.#number(step.id);
        if (!step.told) break;
        const item = { context: "pair", params: { id: step.id } };
        const rev = this.#revisions === "none" ? {} : { rev: this.#rev };
        new FakeChannel("mizan:/api/", this.#page).postMessage({
          mizan: 1,
          from: "other",
          invalidate: [{ ...item, ...rev }],
        });
        const key = `${step.id}.${step.slot}`;
        this.#own.set(key, Math.max(this.#own.get(key) ?? 0, version));
        break;
      }
      case "hydrate":
        if (step.late && this.#payload) kernel.hydrate(this.#payload);
        else this.#payload = this.#render();
        break;
      case "time":
        vi.advanceTimersByTime(step.ms);
        break;
      case "focus":
        this.#page.focus();
        break;
      case "restore":
        this.#page.restore();
        break;
      case "pause":
        break;
    }
    if (step.do !== "mount" && step.do !== "unmount") await settle();
    this.#check();
  }

  /** A page rendered now, perhaps used much later. */
  #render(): Dehydrated {
    const entries = [1, 2].map((id) => ({
      context: "pair",
      params: { id },
      data: structuredClone(this.#cells(id)),
      ...(this.#revisions === "none" ? {} : { rev: this.#revs.get(id) ?? 1 }),
    }));
    return { mizan: 1, entries };
  }

  /** What holds at every moment. */
  #check(): void {
    const reads = this.#open.filter(({ kind, aborted }) => kind === "read" && !aborted);
    for (const id of [1, 2]) {
      expect(
        reads.filter((read) => read.id === id).length,
        "reads of one entry",
      ).toBeLessThanOrEqual(1);
      const state = this.kernel.registerContext(pair, { id }).getState();
      for (const slot of ["a", "b"] as const) {
        const cell = state.data?.[slot];
        if (cell) expect(cell.owner, "data of other params").toBe(id);
      }
    }
    for (const observers of this.#observers.values()) {
      for (const { seen, texts } of observers) {
        if (this.#revisions === "in the transaction") expectNoStepBack(seen);
        expect(JSON.stringify(seen.at(-1)), "a snapshot was written to").toBe(texts.at(-1));
      }
    }
  }

  /** Lets everything come to rest, then looks at what is shown. */
  async rest(): Promise<void> {
    // Long enough for what sleeps between tries; a storm would never come to its end.
    for (let calm = 0, round = 0; calm < 3 && round < 60; round++) {
      await settle();
      calm = this.#open.length || this.kernel.inspect().flights ? 0 : calm + 1;
      for (const exchange of [...this.#open]) {
        if (!exchange.answer) this.#serve(exchange, true);
        this.#deliver(exchange);
      }
      await settle();
      vi.advanceTimersByTime(calm ? 1 : 700);
      await settle();
      this.#check();
    }
    expect(this.#open, "requests that never end").toEqual([]);
    expect(this.kernel.inspect(), "at rest").toMatchObject({ flights: 0, layers: 0 });
    for (const [id, observers] of this.#observers) {
      const state = this.kernel.registerContext(pair, { id }).getState();
      if (observers.length && !this.#failed) {
        const { status, isFetching } = state;
        const rest = { status: "success", isFetching: false };
        expect({ status, isFetching }, "observed and at rest").toEqual(rest);
        const age = performance.timeOrigin + performance.now() - (state.updatedAt ?? 0);
        if (age < STALE_TIME) expect(state.isStale, "stale at rest, and not by age").toBe(false);
      }
      this.#judge(id, state, observers.length > 0 && !this.#failed);
    }
  }

  /** What is observed must hold every write; what is only kept must, or say that it is stale. */
  #judge(id: number, state: ContextState<Bundle>, observed: boolean): void {
    if (state.status !== "success" || (state.isStale && !observed)) return;
    for (const slot of ["a", "b"] as const) {
      const { version } = state.data[slot];
      expect(Number.isInteger(version), "an optimistic value at rest").toBe(true);
      expect(version, `an own write of ${id}.${slot} was lost`).toBeGreaterThanOrEqual(
        this.#own.get(`${id}.${slot}`) ?? 0,
      );
    }
  }

  /** Ends the kernel. Nothing of it may be left. */
  async end(): Promise<void> {
    const seen = [...this.#observers.values()].flat().map((observer) => observer.seen.length);
    this.kernel.destroy();
    for (const exchange of [...this.#open]) {
      if (!exchange.answer) this.#serve(exchange, true);
      this.#deliver(exchange);
    }
    this.#page.focus();
    this.#page.online();
    await settle();
    vi.advanceTimersByTime(1_000_000);
    await settle();
    expect([...this.#observers.values()].flat().map((observer) => observer.seen.length)).toEqual(
      seen,
    );
    expect(this.#open, "requests after the end").toEqual([]);
    expect([vi.getTimerCount(), this.#page.listeners], "timers, listeners").toEqual([0, 0]);
  }
}

/** As much of a Response as the kernel looks at: thousands of schedules need it cheap. */
function response(text: string): object {
  return {
    ok: true,
    status: 200,
    type: "basic",
    headers: new Map(),
    text: () => Promise.resolve(text),
  };
}

/** With numbers of the same transaction what is seen never becomes older. */
function expectNoStepBack(seen: readonly ContextState<Bundle>[]): void {
  const [before, now] = [seen.at(-2)?.data, seen.at(-1)?.data];
  if (!before || !now) return;
  for (const slot of ["a", "b"] as const) {
    const [older, newer] = [before[slot], now[slot]];
    if (older && newer) {
      expect(Math.floor(newer.version), "a step back").toBeGreaterThanOrEqual(
        Math.floor(older.version),
      );
    }
  }
}
