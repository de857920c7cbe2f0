import type { ErrorPayload, ViteDevServer } from "vite";
import { healedEvent } from "./overlay-client.js";

type Shown = ErrorPayload["err"];

/**
 * What is wrong at the moment, shown in the pages of one server by Vite's overlay: in those that are open, and in each that is opened
 * while it lasts. One error is shown at a time; when it heals, the next one.
 */
export class ErrorBoard {
  readonly #server: ViteDevServer;
  readonly #errors = new Map<string, Shown>();

  constructor(server: ViteDevServer) {
    this.#server = server;
    server.ws.on("connection", (socket) => {
      const [error] = this.#errors.values();
      if (error !== undefined) socket.send(JSON.stringify({ type: "error", err: error }));
    });
  }

  /** @param subject what the error is about; null heals it */
  set(subject: string, error: Shown | null): void {
    const [before] = this.#errors.values();
    if (error === null) this.#errors.delete(subject);
    else this.#errors.set(subject, error);
    const [now] = this.#errors.values();
    // To nobody an error would be kept by Vite, and shown to the next page, however long ago it healed.
    if (now === before || this.#server.ws.clients.size === 0) return;
    if (now === undefined) this.#server.ws.send({ type: "custom", event: healedEvent });
    else this.#server.ws.send({ type: "error", err: now });
  }

  /** Heals what is about subjects that no longer exist. */
  clear(): void {
    for (const subject of [...this.#errors.keys()]) this.set(subject, null);
  }
}
