import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Answer, Exchange } from "./exchange.js";

export interface Request {
  readonly method: string;
  /** Path and query on the origin. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Uint8Array | string | undefined;
  /** Send the body in chunks, without its length. */
  readonly chunked?: boolean | undefined;
  readonly beneathFramework?: boolean | undefined;
}

/** For the whole of one exchange. */
const timeoutMs = 30_000;
/** An answer that is longer is no answer to any of our questions. */
const mostBytes = 16 * 1024 * 1024;

/**
 * The server under test. Requests go out exactly as they are written, with headers that `fetch` would refuse or add; redirects are
 * answers like any other.
 */
export class Server {
  readonly origin: string;
  /** Every exchange, in order of the answers: some rules hold for all of them. */
  readonly log: Exchange[] = [];
  readonly #url: URL;

  constructor(url: URL) {
    this.#url = url;
    this.origin = url.origin;
  }

  async send(request: Request): Promise<Exchange> {
    const { method, target, beneathFramework } = request;
    const body = typeof request.body === "string" ? Buffer.from(request.body) : request.body;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers ?? {}))
      headers[name.toLowerCase()] = value;
    let answer = await this.#exchange(request, headers, body);
    // A server may refuse a long body and close while it is still being written; then its answer can be lost on the way.
    for (
      let tries = 1;
      answer.status === 0 && answer.fault !== timedOut && tries < 3 && body !== undefined;
      tries++
    ) {
      answer = await this.#exchange(request, headers, body);
    }
    const exchange: Exchange = {
      request: { method, target, headers, body },
      answer,
      beneathFramework,
    };
    this.log.push(exchange);
    return exchange;
  }

  #exchange(
    request: Request,
    headers: OutgoingHttpHeaders,
    body: Uint8Array | undefined,
  ): Promise<Answer> {
    const { protocol, hostname, port } = this.#url;
    const length =
      body === undefined || request.chunked === true ? {} : { "content-length": body.length };
    const send = protocol === "https:" ? httpsRequest : httpRequest;
    return new Promise((resolve) => {
      const fail = (fault: string): void => {
        resolve({ status: 0, headers: {}, cookies: [], body: new Uint8Array(), fault });
      };
      const outgoing = send({
        hostname: hostname.replace(/^\[|\]$/g, ""),
        port,
        method: request.method,
        path: request.target,
        headers: { ...headers, ...length },
        agent: false,
        maxHeaderSize: 64 * 1024,
      });
      outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error(timedOut)));
      outgoing.on("error", (error: NodeJS.ErrnoException) => fail(faultOf(error)));
      outgoing.on("response", (response) => {
        readAnswer(response).then(resolve, (error: unknown) => fail(faultOf(error)));
      });
      outgoing.end(body);
    });
  }
}

const timedOut = `no answer within ${String(timeoutMs / 1000)} s`;

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += (chunk as Buffer).length;
    if (length > mostBytes) throw new Error(`an answer of more than ${String(mostBytes)} bytes`);
    chunks.push(chunk as Buffer);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (name !== "set-cookie" && value !== undefined) headers[name] = String(value);
  }
  return {
    status: response.statusCode ?? 0,
    headers,
    cookies: response.headers["set-cookie"] ?? [],
    body: Buffer.concat(chunks),
  };
}

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [inner] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const { code, message } = (inner instanceof Error ? inner : error) as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing listens there",
    ECONNRESET: "the connection was cut before an answer came",
    EPIPE: "the connection was cut while the body was sent",
    ENOTFOUND: "the host name does not resolve",
  };
  return known[code ?? ""] ?? message;
}
