import { act, StrictMode, type ReactNode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, vi } from "vitest";
import {
  DeferredServer,
  idle,
  pass,
  type Received,
} from "../../../src/kernel/test/deferred-server.js";
import type { MizanOptions } from "@client";
import type { Client } from "./generate-client.js";
import { userData } from "../bookshop-data.js";

export type Instance = ReturnType<Client["core"]["createMizan"]>;

/** A page with one root, an instance, and the server that it talks to, which answers by hand. */
export class Bench {
  readonly server = new DeferredServer();
  readonly mizan: Instance;
  readonly container: HTMLElement;
  readonly client: Client;
  readonly strict: boolean;
  /** What components noted while they rendered. StrictMode renders each twice. */
  readonly notes: string[] = [];
  /** What error boundaries caught. */
  readonly caught: unknown[] = [];
  /** What React recovered from by rendering anew, such as a mismatch. */
  readonly recovered: unknown[] = [];
  #root: Root | undefined;

  constructor(client: Client, strict: boolean, options: MizanOptions = {}) {
    this.client = client;
    this.strict = strict;
    this.mizan = client.core.createMizan({
      baseUrl: "/api/",
      fetch: this.server.fetch,
      broadcast: false,
      ...options,
    });
    this.container = document.createElement("div");
    document.body.append(this.container);
  }

  get root(): Root {
    return (this.#root ??= createRoot(this.container, {
      onCaughtError: (error) => this.caught.push(error),
    }));
  }

  /** Takes over what a server has rendered. */
  hydrate(html: string, element: ReactNode): Promise<void> {
    this.container.innerHTML = html;
    return this.settle(() => {
      this.#root = hydrateRoot(this.container, this.tree(element), {
        onRecoverableError: (error) => this.recovered.push(error),
      });
    });
  }

  /** The element below the provider, and below StrictMode when the bench is strict. */
  tree(element: ReactNode): ReactNode {
    const { MizanProvider } = this.client.react;
    const tree = <MizanProvider mizan={this.mizan}>{element}</MizanProvider>;
    return this.strict ? <StrictMode>{tree}</StrictMode> : tree;
  }

  /** Renders, and lets everything happen that needs no time. */
  show(element: ReactNode): Promise<void> {
    return this.settle(() => this.root.render(this.tree(element)));
  }

  /** Does something that changes state, and lets follow what follows. */
  async settle(change: () => unknown = () => undefined): Promise<void> {
    await act(async () => {
      await change();
      await idle();
    });
  }

  pass(milliseconds: number): Promise<void> {
    return act(() => pass(milliseconds));
  }

  /** Answers the read of one user; the one that is open unless said otherwise. */
  answerUser(name: string, read: Received = this.server.one): Promise<void> {
    return this.settle(() => read.bundle(userData(name)));
  }

  get text(): string {
    return this.container.textContent ?? "";
  }

  get observers(): number {
    return this.mizan.inspect().observers;
  }

  async end(): Promise<void> {
    await this.settle(() => this.root.unmount());
    this.container.remove();
    this.mizan.destroy();
  }
}

const benches: Bench[] = [];

/** Virtual time around each test of a file. A test fails when React, or anybody else, wrote to the console. */
export function useBenches(): void {
  let complaints: unknown[][] = [];
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    complaints = [];
    for (const level of ["error", "warn"] as const) {
      vi.spyOn(console, level).mockImplementation((...args) => void complaints.push(args));
    }
  });
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.end();
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(complaints).toEqual([]);
  });
}

export function openBench(client: Client, strict: boolean, options?: MizanOptions): Bench {
  const bench = new Bench(client, strict, options);
  benches.push(bench);
  return bench;
}
