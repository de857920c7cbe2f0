import type { Arguments, InferArguments } from "../schema/arguments.js";
import type { SchemaConverter } from "../schema/convert-schema.js";
import type { InferInput, StandardSchema } from "../schema/standard-schema.js";
import type { Call, ReadCall } from "./call.js";
import type { Contract, Handler, Limits } from "./contract.js";
import { copyDeclaration } from "./copy-declaration.js";
import type {
  CommonDeclaration,
  ContextDeclaration,
  MutationDeclaration,
  QueryDeclaration,
  ViewDeclaration,
} from "./declaration.js";
import { sealRegistry } from "./seal-registry.js";

/** Runs work in a transaction: commits when it resolves, rolls back when it rejects. */
export type RunTransaction<Tx> = <Value>(work: (tx: Tx) => Promise<Value>) => Promise<Value>;

export interface RegistryOptions<Context extends string, User, Tx> {
  readonly info: { readonly title: string; readonly version: string };
  /** Path that the addresses begin with; default `/`. */
  readonly base?: string;
  /** Null: there is no session. */
  readonly session?: { readonly path?: string; readonly cookie?: string } | null;
  readonly limits?: Partial<Limits>;
  readonly contexts: Readonly<Record<Context, ContextDeclaration>>;
  /** Type of who is signed in: `user: userType<Account>()`. */
  readonly user?: UserType<User>;
  /** The transaction of every mutation. The dispatcher owns it: it commits, then bumps revisions, then answers (protocol 5.3). */
  readonly transaction?: RunTransaction<Tx>;
  /** For vendors that write no JSON Schema by themselves, e.g. `valibotConverter`. */
  readonly converters?: readonly SchemaConverter[];
}

/** A type without a value. */
export interface UserType<User> {
  readonly "~user"?: User;
}

export const userType = <User>(): UserType<User> => ({});

export type Declared =
  | {
      readonly kind: "query";
      readonly name: string;
      readonly declaration: QueryDeclaration;
      readonly handler: Handler;
    }
  | {
      readonly kind: "mutation";
      readonly name: string;
      readonly declaration: MutationDeclaration;
      readonly handler: Handler;
    }
  | {
      readonly kind: "view";
      readonly name: string;
      readonly declaration: ViewDeclaration;
      readonly handler: Handler;
    };

type MaybePromise<Value> = Value | Promise<Value>;

type ArgumentsOf<Args> = Args extends Arguments ? InferArguments<Args> : Record<never, never>;

type Open = { readonly auth: "none" | "optional" | { readonly mode: "none" | "optional" } };

type UserOf<User, Declaration extends CommonDeclaration> = Declaration extends Open
  ? User | null
  : User;

type ErrorsOf<Declaration extends CommonDeclaration> = Declaration extends {
  readonly errors: infer Errors;
}
  ? Errors
  : Record<never, never>;

type ResultOf<Declaration> = Declaration extends {
  readonly output: infer Output extends StandardSchema;
}
  ? InferInput<Output>
  : null | undefined | void;

/** The functions of a server. Names are wire names; they are never re-cased. */
export class Registry<Context extends string = string, User = unknown, Tx = undefined> {
  readonly #declared: Declared[] = [];
  #contract: Contract | undefined;

  readonly options: RegistryOptions<Context, User, Tx>;

  constructor(options: RegistryOptions<Context, User, Tx>) {
    this.options = options;
  }

  /** A member of a context: read together with the others of it, in one request. */
  query<const Declaration extends QueryDeclaration<Context>>(
    name: string,
    declaration: Declaration,
    handler: (
      args: ArgumentsOf<Declaration["params"]>,
      call: ReadCall<UserOf<User, Declaration>>,
    ) => MaybePromise<ResultOf<Declaration>>,
  ): typeof handler {
    this.#add({ kind: "query", name, declaration: copyDeclaration(declaration), handler });
    return handler;
  }

  /** Changes something; says by `merge` and `affects` what that changes on the page. */
  mutation<const Declaration extends MutationDeclaration<Context>>(
    name: string,
    declaration: Declaration,
    handler: (
      args: ArgumentsOf<Declaration["input"]>,
      call: Call<UserOf<User, Declaration>, Tx, User, ErrorsOf<Declaration>>,
    ) => MaybePromise<ResultOf<Declaration>>,
  ): typeof handler {
    this.#add({ kind: "mutation", name, declaration: copyDeclaration(declaration), handler });
    return handler;
  }

  /** Answers with something other than JSON, at an address of its own: a `Response`, or the text or bytes of its body. */
  view<const Declaration extends ViewDeclaration<Context>>(
    name: string,
    declaration: Declaration,
    handler: (
      args: ArgumentsOf<Declaration["params"]> & ArgumentsOf<Declaration["input"]>,
      call: Call<UserOf<User, Declaration>, Tx, User, ErrorsOf<Declaration>>,
    ) => MaybePromise<Response | string | Uint8Array<ArrayBuffer>>,
  ): typeof handler {
    this.#add({ kind: "view", name, declaration: copyDeclaration(declaration), handler });
    return handler;
  }

  /**
   * Resolves everything that was left open, once: slots, bindings, encodings, scopes.
   *
   * @throws RegistryError with all that is wrong
   */
  seal(): Contract {
    this.#contract ??= sealRegistry(this.options, this.#declared);
    return this.#contract;
  }

  #add(declared: Declared): void {
    if (this.#contract !== undefined) {
      throw new Error(
        `"${declared.name}" comes too late: the registry is sealed once it is served or exported; declare all functions before`,
      );
    }
    this.#declared.push(declared);
  }
}

/** Starts a registry. The keys of `contexts` are the contexts that functions may name. */
export function createRegistry<const Context extends string, User = unknown, Tx = undefined>(
  options: RegistryOptions<Context, User, Tx>,
): Registry<Context, User, Tx> {
  return new Registry(options);
}
