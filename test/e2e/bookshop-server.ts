import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly avatar_url: string | null;
  readonly joined: string;
}

export interface BookshopServer {
  readonly url: string;
  /** One line a request, in order: `GET /ctx/user/?user_id=7`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A live server of the bookshop document (docs/protocol.md section 3): enough of it to read, rename, order and sign out. */
export async function startBookshopServer(): Promise<BookshopServer> {
  const requests: string[] = [];
  const token = "token-1";
  let rev = 41;
  let stock = 2;
  const users = new Map<number, User>([
    [
      7,
      {
        id: 7,
        name: "Rūmī",
        email: "r@x.example",
        avatar_url: null,
        joined: "2026-01-02T03:04:05Z",
      },
    ],
  ]);
  const orders: unknown[] = [];

  function readContext(name: string, query: URLSearchParams): unknown {
    const userId = Number(query.get("user_id"));
    switch (name) {
      case "user":
        return {
          params: { user_id: userId },
          data: {
            user_profile: users.get(userId),
            user_addresses: [{ id: 3, line1: "1 Main St", city: "Konya" }],
          },
        };
      case "orders":
        return {
          params: { user_id: userId, status: null, cursor: null },
          data: { user_orders: { items: [...orders], next_cursor: null } },
        };
      case "reference":
        return { params: {}, data: { countries: [{ code: "TR", name: "Türkiye" }] } };
      default:
        return undefined;
    }
  }

  function call(name: string, input: Record<string, unknown>): { status: number; body: unknown } {
    const user_id = Number(input["user_id"]);
    switch (name) {
      case "update_profile": {
        const form = input["form"] as { name: string; email: string };
        if (form.name === "") {
          return problem(422, "validation", {
            errors: [
              {
                path: ["form", "name"],
                code: "string_too_short",
                message: "This field is required",
              },
            ],
          });
        }
        rev += 1;
        const user = { ...(users.get(user_id) as User), ...form };
        users.set(user_id, user);
        return {
          status: 200,
          body: {
            result: user,
            merge: [
              {
                context: "user",
                slot: "user_profile",
                mode: "replace",
                params: { user_id },
                value: user,
                rev,
              },
            ],
            invalidate: [{ context: "orders", params: { user_id }, rev }],
          },
        };
      }
      case "place_order": {
        const lines = input["lines"] as { book_id: string; qty: number }[];
        const wanted = lines.reduce((sum, line) => sum + line.qty, 0);
        if (wanted > stock) {
          return problem(409, "out_of_stock", {
            data: { book_id: lines[0]?.book_id, left: stock },
          });
        }
        stock -= wanted;
        rev += 1;
        const order = {
          id: orders.length + 1,
          user_id,
          status: "open",
          total: "12.50",
          placed: "2026-01-03T00:00:00Z",
        };
        orders.push(order);
        return {
          status: 200,
          body: {
            result: order,
            invalidate: [
              { context: "orders", params: { user_id }, rev },
              { context: "catalog", rev },
            ],
          },
        };
      }
      default:
        return problem(404, "unknown_function", {});
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://localhost");
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    const context = /^\/ctx\/([^/]+)\/$/.exec(url.pathname)?.[1];
    const fn = /^\/call\/([^/]+)$/.exec(url.pathname)?.[1];
    if (url.pathname === "/session/") {
      return send(response, 200, {
        mizan: 1,
        csrf: { header: "X-CSRFToken", token },
        user: { id: 7 },
        epoch: "e-1",
      });
    }
    if (request.method === "GET" && context !== undefined) {
      const bundle = readContext(context, url.searchParams);
      if (bundle === undefined) return sendProblem(response, problem(404, "unknown_context", {}));
      return send(response, 200, { mizan: 1, context, rev, ...(bundle as object) });
    }
    if (request.method === "POST" && fn !== undefined) {
      if (request.headers["x-mizan-protocol"] !== "1")
        return sendProblem(response, problem(400, "malformed", {}));
      if (request.headers["x-csrftoken"] !== token)
        return sendProblem(response, problem(403, "csrf_failed", {}));
      const text = await bodyOf(request);
      const { status, body } = call(fn, JSON.parse(text) as Record<string, unknown>);
      return status === 200
        ? send(response, status, body)
        : sendProblem(response, { status, body });
    }
    if (url.pathname === "/orders/5/invoice.pdf") {
      response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF-1.7");
      return;
    }
    return sendProblem(response, problem(404, "not_found", {}));
  }

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => {
      response.writeHead(500).end(String(cause));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function problem(status: number, code: string, more: object): { status: number; body: unknown } {
  return {
    status,
    body: { type: `urn:mizan:problem:${code}`, title: code, status, code, ...more },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "private, no-store",
  });
  response.end(JSON.stringify(body));
}

function sendProblem(
  response: ServerResponse,
  { status, body }: { status: number; body: unknown },
): void {
  response.writeHead(status, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
