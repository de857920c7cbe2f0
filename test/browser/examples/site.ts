import type { Browser } from "playwright-core";
import { serveApp } from "../../../scripts/example/serve-app.mjs";
import { startBackend, type Backend } from "../../backends/start-backend.js";
import { Visitor } from "./visit.js";

interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** An app on a backend, and those who visit it. */
export class Site {
  /** The app, for the folder of its pictures. */
  readonly app: string;
  readonly backend: string;
  readonly #browser: Browser;
  #server: Backend;
  readonly #served: readonly Served[];
  #visitors: Visitor[] = [];

  private constructor(app: string, browser: Browser, server: Backend, served: readonly Served[]) {
    this.app = app;
    this.backend = server.name;
    this.#browser = browser;
    this.#server = server;
    this.#served = served;
  }

  /** Starts the backend, and serves the two builds of the app: as a file server does, and rendered on the server first. */
  static async open(
    app: string,
    backend: string,
    browser: Browser,
    builds: { readonly plain: string; readonly rendered: string },
  ): Promise<Site> {
    const server = await startBackend(backend);
    const served = [
      await serveApp({ out: builds.plain, backendUrl: server.url }),
      await serveApp({ out: builds.rendered, backendUrl: server.url, ssr: true }),
    ];
    return new Site(app, browser, server, served);
  }

  get url(): string {
    return this.#served[0]!.url;
  }

  /** Where pages come rendered. */
  get renderedUrl(): string {
    return this.#served[1]!.url;
  }

  /** Somebody new, of whom nothing is known yet. */
  async visitor(url = this.url): Promise<Visitor> {
    const visitor = await Visitor.come(this.#browser, url);
    this.#visitors.push(visitor);
    return visitor;
  }

  /** Everybody leaves. Returns what their pages complained about. */
  async clear(): Promise<string[]> {
    const visitors = this.#visitors;
    this.#visitors = [];
    for (const visitor of visitors) await visitor.leave();
    return visitors.flatMap(({ complaints }) => complaints);
  }

  /** Seeds the shop anew. */
  reset(): Promise<void> {
    return this.#order("reset", {});
  }

  /** The next answers below a path fail. */
  fail(path: string, status: number, times: number): Promise<void> {
    return this.#order("fail", { path, status, times });
  }

  async #order(name: string, body: object): Promise<void> {
    const { status } = await fetch(`${this.#server.url}test/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (status !== 204) throw new Error(`/test/${name} of ${this.backend} answers ${status}`);
  }

  /** The backend dies. */
  stopBackend(): Promise<void> {
    return this.#server.close();
  }

  /** The backend comes back where it was, with nothing that it knew. */
  async restartBackend(): Promise<void> {
    this.#server = await startBackend(this.backend, {
      port: Number(new URL(this.#server.url).port),
    });
  }

  async close(): Promise<void> {
    await this.clear();
    for (const each of this.#served) await each.close();
    await this.#server.close();
  }
}
