import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** A real server on a real socket. Its answers are the handler's. */
export class HttpServer {
  readonly exchanges: Exchange[] = [];
  handler: (exchange: Exchange) => void | Promise<void> = ({ response }) => {
    response.end();
  };
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const exchange = {
          method: request.method ?? "",
          path: request.url ?? "",
          headers: request.headers,
          body: Buffer.concat(parts),
          response,
        };
        this.exchanges.push(exchange);
        void this.handler(exchange);
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Paths that were asked for, without the base. */
  get paths(): string[] {
    return this.exchanges.map(({ method, path }) => `${method} ${path.replace("/api/", "")}`);
  }
}

export function json(
  response: ServerResponse,
  body: unknown,
  headers: object = {},
  status = 200,
): void {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
