import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** Something that is always answered the same, for the pages of a browser. */
export interface StaticFile {
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real server on a real socket. Its answers are the handler's. */
export class HttpServer {
  readonly exchanges: Exchange[] = [];
  /** By path, without the query. Requests of them are not counted as exchanges. */
  readonly files = new Map<string, StaticFile>();
  handler: (exchange: Exchange) => void | Promise<void> = ({ response }) => {
    response.end();
  };
  /** Off, a connection serves one request: browsers send again by themselves what was lost on a connection that served before. */
  keepAlive = true;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      const { method = "", url = "", headers } = request;
      response.shouldKeepAlive &&= this.keepAlive;
      const file = this.files.get(url.replace(/\?.*/, ""));
      if (file) {
        response.writeHead(200, { "Content-Type": file.type, ...file.headers }).end(file.body);
        return;
      }
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const exchange = { method, path: url, headers, body: Buffer.concat(parts), response };
        this.exchanges.push(exchange);
        void this.handler(exchange);
      });
    });
  }

  /** The address of the contract's base. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `${this.origin}/api/`;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
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
