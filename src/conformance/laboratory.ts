import type { JsonObject } from "../document/document.js";
import type { ContextContract, Contract, MutationContract } from "./contract/contract.js";
import type { Validate } from "./contract/schema-validator.js";
import type { Exchange } from "./http/exchange.js";
import { multipartBody } from "./http/multipart-body.js";
import type { Server } from "./http/server.js";
import { Visitor, type HeaderChanges, type Params } from "./http/visitor.js";
import { observeCall, type CallObservation } from "./observe-call.js";
import { partsOf } from "./values/file-values.js";
import type { Values } from "./values/values.js";

/** How to sign in: a function with `session: change` and its input. */
export interface SignIn {
  readonly mutation: MutationContract;
  readonly input: JsonObject;
}

export interface LaboratoryOptions {
  readonly contract: Contract;
  readonly server: Server;
  /** Origin-relative, starts and ends with a slash. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signIn: SignIn | undefined;
  readonly values: Values;
  readonly validate: Validate;
}

/** A bundle that could be read, with who read it and by which params. */
export interface Reading {
  readonly context: ContextContract;
  readonly visitor: Visitor;
  readonly params: Params;
  readonly exchange: Exchange;
}

const needsSignIn =
  "it asks who is there: give --sign-in 'function={...}' or -H 'Authorization: ...'";

/** What the cases share: visitors, values, and observations that are made once however many cases judge them. */
export class Laboratory {
  readonly contract: Contract;
  readonly server: Server;
  readonly values: Values;
  readonly validate: Validate;
  readonly signIn: SignIn | undefined;
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;
  #member: Promise<Visitor> | undefined;
  #anonymous: Visitor | undefined;
  readonly #readings = new Map<string, Promise<Reading | string>>();
  readonly #calls = new Map<string, Promise<CallObservation | string>>();

  constructor(options: LaboratoryOptions) {
    this.contract = options.contract;
    this.server = options.server;
    this.values = options.values;
    this.validate = options.validate;
    this.signIn = options.signIn;
    this.#base = options.base;
    this.#headers = options.headers;
  }

  /** Whether somebody can be signed in at all. */
  get knowsAMember(): boolean {
    return (
      this.signIn !== undefined || ["authorization", "cookie"].some((name) => this.#hasHeader(name))
    );
  }

  /** Whether somebody can be found whom a function serves. */
  serves({ auth }: { readonly auth: "none" | "optional" | "required" }): boolean {
    return auth !== "required" || this.knowsAMember;
  }

  /** Somebody whom the server does not know: none of the headers of the command line. */
  newAnonymous(): Visitor {
    return new Visitor(this.server, this.contract, this.#base);
  }

  get anonymous(): Visitor {
    return (this.#anonymous ??= this.newAnonymous());
  }

  /** Somebody who is signed in, as far as that is possible; the same one each time. */
  member(): Promise<Visitor> {
    return (this.#member ??= this.newMember());
  }

  /** The same user with another session. */
  async newMember(): Promise<Visitor> {
    const visitor = new Visitor(this.server, this.contract, this.#base, this.#headers);
    if (this.signIn !== undefined) {
      await this.call(visitor, this.signIn.mutation, this.signIn.input);
      await visitor.openSession();
    }
    return visitor;
  }

  /** A call as a client makes it, multipart where the function asks for that. */
  async call(
    visitor: Visitor,
    mutation: MutationContract,
    input: JsonObject,
    changes: HeaderChanges = {},
  ): Promise<Exchange> {
    if (mutation.encoding === "json") return visitor.call(mutation, JSON.stringify(input), changes);
    const { body, contentType } = multipartBody(partsOf(mutation, input));
    return visitor.call(mutation, body, { "content-type": contentType, ...changes });
  }

  /** Who may ask a function; a reason when nobody can. */
  async visitorFor(auth: "none" | "optional" | "required"): Promise<Visitor | string> {
    if (auth === "none" && !this.knowsAMember) return this.anonymous;
    if (auth === "required" && !this.knowsAMember) return needsSignIn;
    return this.member();
  }

  /** One good GET of a context, made once. A reason when there is none to be had. */
  reading(context: ContextContract): Promise<Reading | string> {
    const known = this.#readings.get(context.name);
    if (known !== undefined) return known;
    const made = this.#read(context);
    this.#readings.set(context.name, made);
    return made;
  }

  /** Every context that can be read; a reason for each other goes to `otherwise`. */
  async readings(otherwise: (subject: string, reason: string) => void): Promise<Reading[]> {
    const found: Reading[] = [];
    for (const context of this.contract.contexts) {
      const reading = await this.reading(context);
      if (typeof reading === "string") otherwise(`context ${context.name}`, reading);
      else found.push(reading);
    }
    return found;
  }

  async #read(context: ContextContract): Promise<Reading | string> {
    const visitor = await this.visitorFor(
      context.queries.some(({ auth }) => auth === "required") ? "required" : "none",
    );
    if (typeof visitor === "string") return visitor;
    const { values, derived } = this.values.paramsOf(context);
    const params = values[0] ?? {};
    const exchange = await visitor.readParams(context, params);
    if (derived && exchange.answer.status !== 200)
      return needsValues(context.queries.map(({ name }) => name));
    return { context, visitor, params, exchange };
  }

  /** One good call of a mutation with what could be read before and after, made once. A reason when there is none to be had. */
  observation(mutation: MutationContract): Promise<CallObservation | string> {
    const known = this.#calls.get(mutation.name);
    if (known !== undefined) return known;
    const made = this.#observe(mutation);
    this.#calls.set(mutation.name, made);
    return made;
  }

  async observations(
    otherwise: (subject: string, reason: string) => void,
  ): Promise<CallObservation[]> {
    const found: CallObservation[] = [];
    for (const mutation of this.contract.mutations) {
      const observation = await this.observation(mutation);
      if (typeof observation === "string") otherwise(mutation.name, observation);
      else found.push(observation);
    }
    return found;
  }

  async #observe(mutation: MutationContract): Promise<CallObservation | string> {
    if (!this.serves(mutation)) return needsSignIn;
    const isSignIn = mutation.name === this.signIn?.mutation.name;
    const next = isSignIn
      ? { input: this.signIn?.input ?? {}, derived: false }
      : this.values.nextInput(mutation);
    if (next === undefined) return needsValues([mutation.name]);
    // Who changes a session gets one of their own, so that the others keep theirs.
    const changes = mutation.session === "change";
    const visitor = !changes
      ? await this.member()
      : isSignIn || mutation.auth === "none"
        ? this.newAnonymous()
        : await this.newMember();
    const observation = await observeCall(this, visitor, mutation, next.input);
    if (next.derived && observation.exchange.answer.status >= 400)
      return needsValues([mutation.name]);
    return observation;
  }

  #hasHeader(name: string): boolean {
    return Object.keys(this.#headers).some((header) => header.toLowerCase() === name);
  }
}

export function needsValues(names: readonly string[]): string {
  const [name = ""] = names;
  return `it needs values that the server knows: give --values with ${JSON.stringify(name)}: [{...}]${names.length > 1 ? ` (or ${names.slice(1).join(", ")})` : ""}`;
}
