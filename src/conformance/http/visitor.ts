import { randomUUID } from "node:crypto";
import { canonicalQuery } from "../../kernel/canonical.js";
import { codecsOf } from "../contract/codecs.js";
import {
  type ContextContract,
  type Contract,
  type MutationContract,
} from "../contract/contract.js";
import { CookieJar } from "./cookie-jar.js";
import { isRecord, jsonOf, type Exchange } from "./exchange.js";
import type { Request, Server } from "./server.js";

/** What the session endpoint said (protocol 3.7). */
export interface Session {
  readonly exchange: Exchange;
  readonly header: string;
  readonly token: string;
  readonly field: string | undefined;
  readonly user: unknown;
  readonly epoch: unknown;
}

/** Headers that differ from what a client sends; null leaves one out. */
export type HeaderChanges = Readonly<Record<string, string | null>>;

export type Params = Readonly<Record<string, unknown>>;

/** Somebody with cookies and a session of their own, who sends what a generated client would send. */
export class Visitor {
  readonly cookies: CookieJar;
  readonly server: Server;
  readonly contract: Contract;
  readonly #base: string;
  /** Those of the command line: authorization, above all. */
  readonly #headers: Readonly<Record<string, string>>;
  #session: Promise<Session> | undefined;

  constructor(
    server: Server,
    contract: Contract,
    base: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const { cookie, ...rest } = lowerCased(headers);
    this.server = server;
    this.contract = contract;
    this.#base = base;
    this.#headers = rest;
    this.cookies = new CookieJar(cookie);
  }

  /** Whether the visitor proves who they are with each request, not by cookie. */
  get hasAuthorization(): boolean {
    return Object.hasOwn(this.#headers, "authorization");
  }

  /** Path and query of an address that is relative to the base, or to the origin with a leading slash. */
  target(path: string): string {
    return path.startsWith("/") ? path : `${this.#base}${path}`;
  }

  async send(request: Request, changes: HeaderChanges = {}): Promise<Exchange> {
    const cookie = this.cookies.isEmpty ? {} : { cookie: this.cookies.header };
    const headers = changed(
      { accept: "application/json", ...this.#headers, ...cookie, ...lowerCased(request.headers) },
      changes,
    );
    const exchange = await this.server.send({ ...request, headers });
    this.cookies.take(exchange.answer.cookies);
    return exchange;
  }

  /** GET of a context by the text of its query. */
  read(context: ContextContract, query: string, changes: HeaderChanges = {}): Promise<Exchange> {
    const path = this.target(context.path);
    return this.send(
      {
        method: "GET",
        target: query === "" ? path : `${path}?${query}`,
        headers: this.#protocol(context.scope),
      },
      changes,
    );
  }

  readParams(
    context: ContextContract,
    params: Params,
    changes: HeaderChanges = {},
  ): Promise<Exchange> {
    return this.read(context, canonicalQuery(params, codecsOf(context.params)), changes);
  }

  /** POST of a JSON text to a function, with all that a client sends beside it. */
  async call(
    mutation: Pick<MutationContract, "path">,
    body: string | Uint8Array | undefined,
    changes: HeaderChanges = {},
    request: Partial<Request> = {},
  ): Promise<Exchange> {
    return this.send(
      {
        method: "POST",
        target: this.target(mutation.path),
        body,
        headers: { "content-type": "application/json", ...(await this.callHeaders()) },
        ...request,
      },
      changes,
    );
  }

  /** What every POST carries but for its content type. */
  async callHeaders(): Promise<Record<string, string>> {
    const token: Record<string, string> = {};
    if (this.contract.sessionPath !== null && !this.hasAuthorization) {
      const { header, token: value } = await this.session();
      if (header !== "") token[header] = value;
    }
    return {
      ...this.#protocol("private"),
      ...token,
      "sec-fetch-site": "same-origin",
      "idempotency-key": randomUUID(),
    };
  }

  session(): Promise<Session> {
    return (this.#session ??= this.openSession());
  }

  /** Asks the session endpoint anew. Its answer may be anything; what is missing is empty here. */
  async openSession(): Promise<Session> {
    const exchange = await this.send({
      method: "GET",
      target: this.target(this.contract.sessionPath ?? "session/"),
      headers: this.#protocol("private"),
    });
    const body = jsonOf(exchange);
    const csrf = isRecord(body) && isRecord(body["csrf"]) ? body["csrf"] : {};
    const text = (name: string): string => (typeof csrf[name] === "string" ? csrf[name] : "");
    const session: Session = {
      exchange,
      header: text("header").toLowerCase(),
      token: text("token"),
      field: text("field") || undefined,
      user: isRecord(body) ? body["user"] : undefined,
      epoch: isRecord(body) ? body["epoch"] : undefined,
    };
    this.#session = Promise.resolve(session);
    return session;
  }

  /** A GET of a public context says nothing of the client: one representation for all (protocol 3.9). */
  #protocol(scope: ContextContract["scope"]): Record<string, string> {
    if (scope === "public") return {};
    const { fingerprint } = this.contract;
    return {
      "x-mizan-protocol": "1",
      ...(fingerprint === undefined ? {} : { "x-mizan-schema": fingerprint }),
    };
  }
}

function changed(
  headers: Readonly<Record<string, string>>,
  changes: HeaderChanges,
): Record<string, string> {
  const result: Record<string, string> = { ...headers };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete result[name.toLowerCase()];
    else result[name.toLowerCase()] = value;
  }
  return result;
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
