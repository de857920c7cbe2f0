import {
  createApp,
  createSSRApp,
  defineComponent,
  nextTick,
  shallowRef,
  type App,
  type VNodeChild,
} from "vue";
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { MizanOptions } from "@client";
import {
  DeferredServer,
  idle,
  pass,
  type Received,
} from "../../../src/kernel/test/deferred-server.js";
import type { Client } from "./generate-client.js";
import { userData } from "../bookshop-data.js";

/** What a page shows. */
export type Content = () => VNodeChild;

/** A page with one app, the plugin with its instance, and the server that it talks to, which answers by hand. */
export class Bench {
  readonly server = new DeferredServer();
  readonly client: Client;
  readonly plugin: ReturnType<Client["vue"]["createMizan"]>;
  readonly container = document.createElement("div");
  /** What components noted while they rendered, and effects while they ran. */
  readonly notes: string[] = [];
  readonly app: App;
  readonly #content = shallowRef<Content>(() => null);
  #mounted = false;

  constructor(client: Client, options: MizanOptions = {}, isHydrated = false) {
    this.client = client;
    this.plugin = client.vue.createMizan({
      baseUrl: "/api/",
      fetch: this.server.fetch,
      broadcast: false,
      ...options,
    });
    const page = defineComponent(() => () => this.#content.value());
    this.app = (isHydrated ? createSSRApp : createApp)(page).use(this.plugin);
    document.body.append(this.container);
  }

  get mizan(): Bench["plugin"]["mizan"] {
    return this.plugin.mizan;
  }

  /** Shows something, and lets everything happen that needs no time. */
  show(content: Content): Promise<void> {
    return this.settle(() => {
      this.#content.value = content;
      if (this.#mounted) return;
      this.#mounted = true;
      this.app.mount(this.container);
    });
  }

  /** Takes over what a server has rendered. */
  hydrate(html: string, content: Content): Promise<void> {
    this.container.innerHTML = html;
    return this.show(content);
  }

  /** Does something that changes state, and lets follow what follows. */
  async settle(change: () => unknown = () => undefined): Promise<void> {
    await change();
    await nextTick();
    await idle();
  }

  async pass(milliseconds: number): Promise<void> {
    await pass(milliseconds);
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

  /** The addresses of all reads. */
  get reads(): string[] {
    return this.server.reads.map(({ path }) => path);
  }

  async unmount(): Promise<void> {
    if (!this.#mounted) return;
    this.#mounted = false;
    await this.settle(() => this.app.unmount());
  }

  async end(): Promise<void> {
    await this.unmount();
    this.container.remove();
    this.mizan.destroy();
  }
}

const benches: Bench[] = [];
let complaints: unknown[][] = [];

/** Virtual time around each test of a file. A test fails when Vue, or anybody else, wrote to the console. */
export function useBenches(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_700_000_000_000 });
    complaints = [];
    for (const level of ["error", "warn", "info", "log"] as const) {
      vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
        // Vue says so to everybody who uses Suspense.
        if (!/^<Suspense> is an experimental feature/.test(String(args[0]))) complaints.push(args);
      });
    }
  });
  afterEach(async () => {
    for (const bench of benches.splice(0)) await bench.end();
    vi.useRealTimers();
    vi.restoreAllMocks();
    expect(complaints).toEqual([]);
  });
}

/** What was written to the console since the test began or this was called last: a test that expects it takes it. */
export const takeComplaints = (): unknown[][] => complaints.splice(0);

export function openBench(client: Client, options?: MizanOptions, isHydrated?: boolean): Bench {
  const bench = new Bench(client, options, isHydrated);
  benches.push(bench);
  return bench;
}
