import { Agent, createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

/** A request or an answer on its way; faults change it in place. */
export interface Passing {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface PassingAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** Sends another request to the right server. */
export type Forward = (request: Passing) => Promise<PassingAnswer>;

/** One broken rule. */
export interface Fault {
  /** What is wrong with the server, as a sentence. */
  readonly name: string;
  /** The cases that must fail, and no other. */
  readonly found: readonly string[];
  /** State of one run of the suite, when the fault needs one. */
  readonly plant: () => {
    /** Changes a request before it is forwarded, or answers it itself. */
    readonly request?: (
      request: Passing,
      forward: Forward,
    ) => PassingAnswer | void | Promise<PassingAnswer | void>;
    /** Changes an answer before it is given. */
    readonly answer?: (
      answer: PassingAnswer,
      request: Passing,
      forward: Forward,
    ) => void | Promise<void>;
  };
}

export interface Proxy {
  readonly url: string;
  /** What went wrong in the fault itself. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

/** A proxy in front of a right server that breaks one rule. */
export async function startProxy(origin: string, fault: Fault): Promise<Proxy> {
  const planted = fault.plant();
  const agent = new Agent({ keepAlive: true });
  const forward = forwardTo(origin, agent);
  const failures: unknown[] = [];
  const server = createServer({ maxHeaderSize: 32 * 1024 }, (incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const headers = Object.fromEntries(
        Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      );
      const request: Passing = {
        method: incoming.method ?? "",
        target: incoming.url ?? "",
        headers,
        body: Buffer.concat(chunks),
      };
      const answer = (await planted.request?.(request, forward)) ?? (await forward(request));
      await planted.answer?.(answer, request, forward);
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch((error: unknown) => {
      // A mistake in a fault must not look like a slow server.
      failures.push(error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    failures,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forwardTo(origin: string, agent: Agent): Forward {
  const { hostname, port } = new URL(origin);
  return ({ method, target, headers, body }) =>
    new Promise((resolve, reject) => {
      const { "content-length": _length, "transfer-encoding": _encoding, ...rest } = headers;
      const length =
        body.length > 0 || method === "POST" ? { "content-length": String(body.length) } : {};
      const outgoing = httpRequest({
        hostname,
        port,
        method,
        path: target,
        headers: { ...rest, ...length },
        agent,
      });
      outgoing.on("error", reject);
      outgoing.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const {
            "content-length": _l,
            "transfer-encoding": _t,
            connection: _c,
            "keep-alive": _k,
            ...kept
          } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            headers: kept as Record<string, string | string[]>,
            body: Buffer.concat(chunks),
          });
        });
      });
      outgoing.end(body);
    });
}
