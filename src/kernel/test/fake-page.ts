import { setMaxListeners } from "node:events";
import { vi } from "vitest";

/** A document and a window as far as the kernel knows them, and channels between tabs that deliver in a microtask. */
export class FakePage {
  readonly document: EventTarget & { visibilityState: string } = Object.assign(new EventTarget(), {
    visibilityState: "visible",
    getElementById: (): unknown => this.script,
  });
  readonly window = new EventTarget();
  readonly navigator = { onLine: true };
  /** The element that carries the hydration payload. */
  script: { textContent: string } | null = null;
  readonly channels = new Set<FakeChannel>();
  readonly posted: unknown[] = [];
  listeners = 0;

  show(): void {
    this.document.visibilityState = "visible";
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  hide(): void {
    this.document.visibilityState = "hidden";
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  focus(): void {
    this.window.dispatchEvent(new Event("focus"));
  }

  online(): void {
    this.navigator.onLine = true;
    this.window.dispatchEvent(new Event("online"));
  }

  offline(): void {
    this.navigator.onLine = false;
  }

  /** Shown out of the back-forward cache, or for the first time. */
  restore(persisted = true): void {
    this.window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  }

  install(): void {
    setMaxListeners(0, this.document, this.window);
    for (const target of [this.document, this.window]) {
      const add = target.addEventListener.bind(target);
      target.addEventListener = (type, listener, options) => {
        const signal = typeof options === "object" ? options.signal : undefined;
        this.listeners++;
        signal?.addEventListener("abort", () => this.listeners--);
        add(type, listener, options);
      };
    }
    vi.stubGlobal("document", this.document);
    vi.stubGlobal("navigator", this.navigator);
    vi.stubGlobal("addEventListener", this.window.addEventListener.bind(this.window));
    vi.stubGlobal("BroadcastChannel", channelsOf(this));
  }
}

export class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly name: string;
  readonly #page: FakePage;

  constructor(name: string, page: FakePage) {
    this.name = name;
    this.#page = page;
    page.channels.add(this);
  }

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    this.#page.posted.push(data);
    for (const other of this.#page.channels) {
      if (other !== this && other.name === this.name) {
        queueMicrotask(() => other.onmessage?.({ data }));
      }
    }
  }

  close(): void {
    this.#page.channels.delete(this);
  }
}

const channelsOf = (page: FakePage): unknown =>
  class extends FakeChannel {
    constructor(name: string) {
      super(name, page);
    }
  };
