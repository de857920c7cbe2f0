import { flushSync, mount, unmount, type Component } from "svelte";
import { afterEach, beforeEach, expect, vi } from "vitest";
import { createMizan, type MizanOptions } from "@client";
import {
  DeferredServer,
  idle,
  pass,
  type Received,
} from "../../../src/kernel/test/deferred-server.js";
import Page from "./parts/Page.svelte";
import { userData } from "../bookshop-data.js";

export type Instance = ReturnType<typeof createMizan>;

/** What a page shows at one place. */
export interface Part {
  readonly component: Component<never>;
  readonly props: object;
}

/** A component with its props; the bench itself is given as `bench`. */
export function part<Props extends { bench: Bench }>(
  component: Component<Props>,
  props: Omit<Props, "bench">,
): Part {
  return { component: component, props };
}

/** A page with one tree, an instance, and the server that it talks to, which answers by hand. */
export class Bench {
  readonly server = new DeferredServer();
  readonly mizan: Instance;
  readonly container: HTMLElement;
  /** What parts noted each time that they ran. */
  readonly notes: string[] = [];
  parts = $state.raw<readonly Part[]>([]);
  #page: object | undefined;

  constructor(options: MizanOptions = {}) {
    this.mizan = createMizan({
      baseUrl: "/api/",
      fetch: this.server.fetch,
      broadcast: false,
      ...options,
    });
    this.container = document.createElement("div");
    document.body.append(this.container);
  }

  /** Notes a text, and hands it on to be shown. */
  readonly note = (text: string): string => {
    this.notes.push(text);
    return text;
  };

  /** Shows these parts, each at its place: the same component stays and is given its new props. */
  show(...parts: readonly Part[]): Promise<void> {
    return this.settle(() => {
      this.parts = parts;
      this.#page ??= mount(Page, { target: this.container, props: { bench: this } });
    });
  }

  /** Does something that changes state, and lets follow what follows. */
  async settle(change: () => unknown = () => undefined): Promise<void> {
    await change();
    await rest();
  }

  async pass(milliseconds: number): Promise<void> {
    await pass(milliseconds);
    await rest();
  }

  /** Answers the read of one user; the one that is open unless said otherwise. */
  answerUser(name: string, read: Received = this.server.one): Promise<void> {
    return this.settle(() => read.bundle(userData(name)));
  }

  /** What is shown, without the white space between parts. */
  get text(): string {
    return (this.container.textContent ?? "").trim().replace(/(?<=;)\s+/g, "");
  }

  get observers(): number {
    return this.mizan.inspect().observers;
  }

  async end(): Promise<void> {
    if (this.#page !== undefined) await unmount(this.#page);
    this.container.remove();
    this.mizan.destroy();
  }
}

/** Lets Svelte and the instance do all that needs no time. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    flushSync();
    await idle();
  }
}

const benches: Bench[] = [];

/** Virtual time around each test of a file. A test fails when Svelte, or anybody else, wrote to the console. */
export function useBenches(): void {
  let complaints: unknown[][] = [];
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    complaints = [];
    for (const level of ["error", "warn"] as const) {
      vi.spyOn(console, level).mockImplementation((...args) => void complaints.push(args));
    }
  });
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.end();
    vi.useRealTimers();
    vi.restoreAllMocks();
    expect(complaints).toEqual([]);
  });
}

export function openBench(options?: MizanOptions): Bench {
  const bench = new Bench(options);
  benches.push(bench);
  return bench;
}
