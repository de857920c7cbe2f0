import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

export interface NodeListenerOptions {
  /** Origin that callers use, when a proxy stands before the server: `https://shop.example`. */
  readonly origin?: string;
}

/** Bytes of a body that nobody wants which are still read, so that the caller gets to see the answer. */
const mostUnread = 16 * 1024 * 1024;
const mostDrainMs = 5000;

/** Makes a fetch-style handler a listener of `node:http`. */
export function toNodeListener(
  handler: (request: Request) => Response | Promise<Response>,
  options: NodeListenerOptions = {},
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    answer(handler, incoming, outgoing, options).catch(() => {
      // The connection is gone, or the handler broke its promise never to throw: nothing can be said any more.
      if (!outgoing.headersSent) outgoing.statusCode = 500;
      outgoing.end();
    });
  };
}

async function answer(
  handler: (request: Request) => Response | Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: NodeListenerOptions,
): Promise<void> {
  const control = new AbortController();
  outgoing.on("close", () => control.abort());
  const request = toRequest(incoming, control.signal, options);
  if (request === null) {
    outgoing.statusCode = 400;
    outgoing.setHeader("Content-Type", "application/problem+json");
    outgoing.setHeader("Cache-Control", "no-store");
    outgoing.end(JSON.stringify({ status: 400, code: "malformed", title: "Malformed request" }));
    return;
  }
  const response = await handler(request);
  if (!(await drain(incoming))) outgoing.setHeader("Connection", "close");
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") outgoing.setHeader(name, value);
  }
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("Set-Cookie", cookies);
  if (response.body === null) outgoing.end();
  else await pipeline(Readable.fromWeb(response.body as NodeReadableStream), outgoing);
}

/** Null for what is no request: an address or a method that cannot be. */
function toRequest(
  incoming: IncomingMessage,
  signal: AbortSignal,
  { origin }: NodeListenerOptions,
): Request | null {
  const { method = "GET", headers, url = "/" } = incoming;
  const fields = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(":") || value === undefined) continue;
    for (const each of Array.isArray(value) ? value : [value]) fields.append(name, each);
  }
  const hasBody =
    !["GET", "HEAD"].includes(method) &&
    (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0);
  try {
    const base = origin ?? `http://${headers.host ?? "localhost"}`;
    // A path of two slashes would be read as an address of another host.
    return new Request(new URL(base).origin + (url.startsWith("/") ? url : `/${url}`), {
      method,
      headers: fields,
      signal,
      ...(hasBody && { body: bodyStream(incoming), duplex: "half" }),
    });
  } catch {
    return null;
  }
}

/** The body, chunk by chunk as it is asked for. Whoever stops asking leaves the connection alone, for the answer. */
function bodyStream(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = (await chunks.next()) as IteratorResult<Uint8Array, undefined>;
        if (done === true) controller.close();
        else controller.enqueue(new Uint8Array(value));
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * Reads what is left of a body that nobody wants: an answer while the caller still sends would be lost in many clients. False when there
 * is too much of it, or it comes too slowly.
 */
function drain(incoming: IncomingMessage): Promise<boolean> {
  if (incoming.complete || incoming.destroyed) return Promise.resolve(true);
  return new Promise((done) => {
    let length = 0;
    const finish = (isDrained: boolean): void => {
      clearTimeout(timer);
      incoming.pause();
      done(isDrained);
    };
    const timer = setTimeout(() => finish(false), mostDrainMs);
    incoming.on("data", (chunk: Uint8Array) => {
      length += chunk.length;
      if (length > mostUnread) finish(false);
    });
    incoming.on("end", () => finish(true));
    incoming.on("close", () => finish(true));
    incoming.resume();
  });
}
