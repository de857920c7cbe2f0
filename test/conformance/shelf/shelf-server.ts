import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { canonicalQuery } from "../../../src/kernel/canonical.js";
import {
  createValidator,
  type Validate,
} from "../../../src/conformance/contract/schema-validator.js";
import type { JsonObject, JsonValue } from "../../../src/document/document.js";
import { jsonAnswer, Problem, type Answer } from "./answer.js";
import { shelfDocument } from "./document.js";
import { parseJson, parseMultipart, readBody } from "./read-body.js";
import { invalid, queryParams } from "./query-params.js";
import { Revisions } from "./revisions.js";
import { Sessions, type Visit } from "./sessions.js";

interface Entry {
  readonly kind: string;
  readonly context: string;
  readonly params: Parameters<typeof queryParams>[1];
  readonly input: JsonObject | null;
  readonly auth: { readonly mode: string };
  readonly session?: string;
  readonly idempotent?: boolean;
  readonly encoding?: string;
  readonly form?: object;
}

interface Context {
  readonly cache: { readonly scope: string };
  readonly functions: readonly string[];
  readonly params: Entry["params"];
}

interface Effects {
  readonly result: unknown;
  readonly merge?: readonly {
    slot: string;
    mode: string;
    key?: readonly string[];
    value: unknown;
  }[];
  /** The shelf that is changed. */
  readonly shelf: number;
  readonly catalog?: boolean;
}

type Input = Record<string, never> & {
  shelf_id: number;
  item_id: number;
  qty: number;
  name: string;
  title: string;
  password: string;
};

const functions = shelfDocument["x-mizan-functions"] as unknown as Readonly<Record<string, Entry>>;
const meta = shelfDocument["x-mizan"] as unknown as {
  contexts: Readonly<Record<string, Context>>;
  fingerprint: string;
  features: string[];
  limits: { bodyBytes: number };
};
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

export interface ShelfServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A small server that keeps to the protocol in everything: what the suite says of it is said of the suite. */
export async function startShelfServer(): Promise<ShelfServer> {
  const validate = await createValidator(shelfDocument["components"] as JsonObject);
  const shelves = new Shelves(validate);
  const server = createServer({ maxHeaderSize: 32 * 1024 }, (request, response) => {
    void shelves.serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Shelves {
  readonly #validate: Validate;
  readonly #revisions = new Revisions();
  readonly #sessions = new Sessions();
  readonly #names = new Map<number, { name: string; cover: string | null }>([
    [1, { name: "Verse", cover: null }],
    [2, { name: "Prose", cover: null }],
    [13, { name: "Damp", cover: null }],
  ]);
  readonly #items = new Map<number, { id: number; title: string; qty: number }[]>([
    [1, [{ id: 1, title: "Gulistan", qty: 1 }]],
    [2, [{ id: 2, title: "Bustan", qty: 1 }]],
    [13, []],
  ]);
  readonly #stored = new Map<string, { payload: string; answer: Answer | null }>();
  #lastItem = 100;

  constructor(validate: Validate) {
    this.#validate = validate;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = readBody(request, meta.limits.bodyBytes);
    body.catch(() => undefined);
    const answer = await this.#answer(request, body).catch((error: unknown) => {
      if (error instanceof Problem) return error.answer;
      return new Problem(500, "internal", { instance: randomUUID() }).answer;
    });
    // The connection is for the next request only when this one has been read.
    await body.catch(() => undefined);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  async #answer(request: IncomingMessage, body: Promise<Buffer>): Promise<Answer> {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    if (path.length + query.length > 12_000) throw new Problem(414, "too_large");
    const visit = this.#sessions.find(request.headers);
    const [, place = "", name = "", rest] =
      /^\/(ctx|call|session|shelves)(?:\/([^/]*))?(\/[a-z.]*)?$/.exec(path) ?? [];
    if (place === "session" && name === "") return this.#session(request, visit);
    if (place === "ctx") return this.#context(request, name, query, visit, body);
    if (place === "call") return this.#call(request, name, query, visit, body);
    if (place === "shelves") return this.#view(request, Number(name), rest ?? "", visit);
    throw new Problem(404, "not_found");
  }

  #session(request: IncomingMessage, found: Visit): Answer {
    allow(request, "GET");
    const visit = found.key === "" ? this.#sessions.start(null) : found;
    const cookie = found.key === "" ? this.#cookie(visit) : {};
    const csrf = { header: "X-CSRFToken", token: this.#sessions.token(visit), field: "csrf_token" };
    const epoch = this.#sessions.epoch(visit);
    return jsonAnswer(
      {
        mizan: 1,
        csrf,
        user: visit.user,
        epoch,
        schema: meta.fingerprint,
        features: meta.features,
      },
      { ...this.#private(visit), ...cookie },
    );
  }

  async #context(
    request: IncomingMessage,
    name: string,
    query: string,
    visit: Visit,
    body: Promise<Buffer>,
  ): Promise<Answer> {
    const context = own(meta.contexts, name);
    if (context === undefined) throw new Problem(404, "unknown_context");
    allow(request, "GET", "POST");
    const posted = request.method === "POST";
    let params: Record<string, unknown>;
    if (posted) {
      this.#checkProtocol(request);
      const input = parseJson(await body) as { params?: Record<string, unknown> };
      params = Object.fromEntries(
        context.params.map((param) => [
          param.name,
          input.params?.[param.name] ?? param.schema.default,
        ]),
      );
    } else params = queryParams(query, context.params);
    for (const param of context.params) {
      if (this.#validate(param.schema as JsonValue, params[param.name]) !== undefined)
        throw invalid(param.name, "schema");
    }
    const only = this.#only(query, context);
    this.#checkRev(query);
    const isPublic = context.cache.scope === "public";
    const slots = context.functions.filter((fn) => only.length === 0 || only.includes(fn));
    if (slots.every((fn) => functions[fn]?.auth.mode === "required") && visit.user === null)
      throw new Problem(401, "unauthenticated");

    const data: Record<string, unknown> = {};
    const errors: Record<string, unknown> = {};
    for (const fn of slots) {
      try {
        data[fn] = this.#query(fn, params, isPublic ? null : visit.user);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        errors[fn] = JSON.parse(error.answer.body);
      }
    }
    const failed = Object.keys(errors).length > 0;
    const rev = this.#revisions.of([name, `${name}?${scopeOf(name, params)}`]);
    const value = { mizan: 1, context: name, params, rev, data, ...(failed ? { errors } : {}) };
    const etag = `W/"${String(rev)}-${createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8)}"`;
    const headers = {
      ...this.#headersOf(name, context, failed || posted || only.length > 0, visit),
      etag,
    };
    if (!posted && request.headers["if-none-match"] === etag) {
      return { status: 304, headers: { ...headers, "x-mizan-rev": String(rev) }, body: "" };
    }
    return jsonAnswer(value, headers);
  }

  #headersOf(
    name: string,
    { cache }: Context,
    unstored: boolean,
    visit: Visit,
  ): Record<string, string> {
    const fixed = { "x-mizan-protocol": "1", "x-mizan-schema": meta.fingerprint };
    if (cache.scope === "public" && !unstored) {
      return {
        ...fixed,
        "cache-control": "public, max-age=0, must-revalidate",
        "cdn-cache-control": "public, max-age=300, stale-while-revalidate=60",
        "cache-tag": `mz-${name}`,
        vary: "Accept-Encoding",
      };
    }
    const stored = cache.scope === "private" && !unstored;
    return {
      ...this.#private(visit),
      "cache-control": stored ? "private, no-cache" : "private, no-store",
      "cross-origin-resource-policy": "same-origin",
      ...(stored ? { vary: "Accept-Encoding, Cookie" } : {}),
    };
  }

  #query(fn: string, params: Record<string, unknown>, user: Visit["user"]): unknown {
    const id = params["shelf_id"] as number;
    switch (fn) {
      case "current_user":
        return user;
      case "shelf_info": {
        const shelf = this.#names.get(id);
        if (shelf === undefined) throw new Problem(404, "not_found");
        return { id, ...shelf };
      }
      case "shelf_items":
        if (id === 13) throw new Problem(503, "unavailable");
        return [...(this.#items.get(id) ?? [])];
      default:
        return {
          items: [{ id: "00000000-0000-4000-8000-000000000001", title: "Divan" }],
          total: 1,
        };
    }
  }

  async #call(
    request: IncomingMessage,
    name: string,
    query: string,
    visit: Visit,
    body: Promise<Buffer>,
  ): Promise<Answer> {
    const entry = own(functions, name);
    if (entry === undefined || entry.kind !== "mutation")
      throw new Problem(404, "unknown_function");
    allow(request, "POST");
    const type = request.headers["content-type"] ?? "";
    const isMultipart = entry.encoding === "multipart" && type.startsWith("multipart/form-data");
    if (!isMultipart && !/^application\/json\s*(;|$)/.test(type))
      throw new Problem(415, "content_type");
    this.#checkProtocol(request);
    this.#sessions.check(request.headers, visit, `http://${request.headers.host ?? ""}`);
    if (entry.auth.mode === "required" && visit.user === null)
      throw new Problem(401, "unauthenticated");
    const key = request.headers["idempotency-key"];
    if (entry.idempotent === true && key === undefined)
      throw new Problem(400, "idempotency_key_missing");

    const bytes = await body;
    const parts = isMultipart ? await parseMultipart(bytes, type, ["image"], 20_000) : undefined;
    const image = parts?.files.get("image");
    if (image !== undefined && image.bytes.subarray(0, 4).toString("latin1") !== "\u0089PNG")
      throw new Problem(422, "validation", {
        errors: [{ path: ["image"], code: "type", message: "Only PNG." }],
      });
    const input =
      parts === undefined
        ? parseJson(bytes)
        : { ...(parts.payload as object), ...(image && { image: "" }) };
    if (entry.input !== null) this.#checkInput(entry.input, input);
    if (query.includes("_validate=1"))
      return { status: 204, headers: this.#private(visit), body: "" };
    if (entry.idempotent !== true) return this.#run(name, input as Input, visit);
    return this.#once(`${visit.key} ${name} ${String(key)}`, JSON.stringify(input), () =>
      this.#run(name, input as Input, visit),
    );
  }

  #checkInput(schema: JsonObject, input: unknown): void {
    const fault = this.#validate(schema, input);
    if (fault === undefined) return;
    const path = (fault.split(" ")[0] ?? "")
      .split("/")
      .filter((step) => step !== "" && step !== "the");
    throw new Problem(422, "validation", {
      errors: [{ path, code: "schema", message: "It does not fit." }],
    });
  }

  /** Protocol 3.8. */
  async #once(key: string, payload: string, run: () => Promise<Answer>): Promise<Answer> {
    const stored = this.#stored.get(key);
    if (stored !== undefined) {
      if (stored.payload !== payload) throw new Problem(422, "idempotency_key_reused");
      if (stored.answer === null)
        throw new Problem(409, "idempotency_in_flight", {}, { "retry-after": "1" });
      return { ...stored.answer, headers: { ...stored.answer.headers, "x-mizan-replay": "1" } };
    }
    this.#stored.set(key, { payload, answer: null });
    try {
      const answer = await run();
      this.#stored.set(key, { payload, answer });
      return answer;
    } catch (error) {
      this.#stored.delete(key);
      throw error;
    }
  }

  async #run(name: string, input: Input, visit: Visit): Promise<Answer> {
    if (name === "login" || name === "logout") return this.#changeSession(name, input, visit);
    // As a database would, it lets others go first.
    await new Promise((resolve) => setImmediate(resolve));
    const { result, merge = [], shelf, catalog = false } = this.#change(name, input);
    const scope = scopeOf("shelf", { shelf_id: shelf });
    const rev = this.#revisions.bump([`shelf?${scope}`, ...(catalog ? ["catalog"] : [])]);
    const params = { shelf_id: shelf };
    const invalidate = [
      ...(merge.length === 0 ? [{ context: "shelf", params, rev }] : []),
      ...(catalog ? [{ context: "catalog", rev }] : []),
    ];
    const header = [
      `shelf;p="${scope}";rev=${String(rev)}`,
      ...(catalog ? [`catalog;rev=${String(rev)}`] : []),
    ].join(", ");
    return jsonAnswer(
      {
        result,
        invalidate,
        merge: merge.map((item) => ({ context: "shelf", params, rev, ...item })),
      },
      { ...this.#private(visit), "x-mizan-invalidate": header },
    );
  }

  #change(name: string, input: Input): Effects {
    const id = input.shelf_id;
    const shelf = this.#names.get(id);
    if (shelf === undefined) throw new Problem(404, "not_found");
    const items = this.#items.get(id) ?? [];
    switch (name) {
      case "rename_shelf": {
        shelf.name = input.name;
        const value = { id, ...shelf };
        return {
          result: value,
          shelf: id,
          catalog: true,
          merge: [{ slot: "shelf_info", mode: "replace", value }],
        };
      }
      case "upload_cover": {
        shelf.cover = `cover-${String(this.#revisions.sequence)}.png`;
        const value = { id, ...shelf };
        return {
          result: value,
          shelf: id,
          merge: [{ slot: "shelf_info", mode: "replace", value }],
        };
      }
      case "add_item": {
        if (id === 13) throw new Problem(409, "full", { data: { left: 0 } });
        const item = { id: (this.#lastItem += 1), title: input.title, qty: 1 };
        this.#items.set(id, [...items, item]);
        return { result: item, shelf: id };
      }
      default: {
        const item = items.find((each) => each.id === input.item_id);
        if (item === undefined) throw new Problem(404, "not_found");
        const value = { ...item, qty: input.qty };
        this.#items.set(
          id,
          items.map((each) => (each === item ? value : each)),
        );
        return {
          result: value,
          shelf: id,
          merge: [{ slot: "shelf_items", mode: "update", key: ["id"], value }],
        };
      }
    }
  }

  #changeSession(name: string, input: Input, visit: Visit): Answer {
    if (name === "login" && input.password !== "masnavi") throw new Problem(403, "bad_credentials");
    this.#sessions.end(visit);
    const next = this.#sessions.start(name === "login" ? { id: 7, name: input.name } : null);
    return jsonAnswer(
      { result: next.user, invalidate: [{ context: "*" }], merge: [] },
      { ...this.#private(next), ...this.#cookie(next), "x-mizan-invalidate": "*" },
    );
  }

  #view(request: IncomingMessage, id: number, rest: string, visit: Visit): Answer {
    const isLabel = rest === "/label.txt";
    if (!isLabel && rest !== "/clear") throw new Problem(404, "not_found");
    allow(request, isLabel ? "GET" : "POST");
    if (!isLabel)
      this.#sessions.check(request.headers, visit, `http://${request.headers.host ?? ""}`);
    if (visit.user === null) throw new Problem(401, "unauthenticated");
    if (isLabel)
      return {
        status: 200,
        headers: { ...this.#private(visit), "content-type": "text/plain; charset=utf-8" },
        body: "Shelf",
      };
    this.#items.set(id, []);
    const scope = scopeOf("shelf", { shelf_id: id });
    const rev = this.#revisions.bump([`shelf?${scope}`]);
    const headers = {
      ...this.#private(visit),
      "content-type": "text/csv",
      "x-mizan-invalidate": `shelf;p="${scope}";rev=${String(rev)}`,
    };
    return { status: 200, headers, body: "id,title\n" };
  }

  #only(query: string, context: Context): string[] {
    const only = new URLSearchParams(query).getAll("_only");
    if (only.some((slot) => !context.functions.includes(slot))) throw new Problem(400, "malformed");
    return only;
  }

  #checkRev(query: string): void {
    const rev = new URLSearchParams(query).get("_rev");
    if (rev !== null && (!/^\d{1,15}$/.test(rev) || Number(rev) > this.#revisions.sequence))
      throw new Problem(400, "malformed");
  }

  #checkProtocol({ headers }: IncomingMessage): void {
    const version = headers["x-mizan-protocol"];
    if (version === undefined) throw new Problem(400, "malformed");
    if (version !== "1") throw new Problem(400, "protocol_unsupported", { supported: [1] });
  }

  #private(visit: Visit): Record<string, string> {
    return {
      "cache-control": "private, no-store",
      "x-mizan-protocol": "1",
      "x-mizan-schema": meta.fingerprint,
      "x-mizan-epoch": this.#sessions.epoch(visit),
    };
  }

  #cookie({ key }: Visit): Record<string, string> {
    return { "set-cookie": `shelf_session=${key}; Path=/; HttpOnly; SameSite=Lax` };
  }
}

function allow({ method = "" }: IncomingMessage, ...methods: readonly string[]): void {
  if (!methods.includes(method))
    throw new Problem(405, "method", {}, { allow: methods.join(", ") });
}

/** The canonical query of the declared scope of a context. */
function scopeOf(context: string, params: Record<string, unknown>): string {
  return context === "shelf"
    ? canonicalQuery({ shelf_id: params["shelf_id"] }, { shelf_id: "number" })
    : "";
}
