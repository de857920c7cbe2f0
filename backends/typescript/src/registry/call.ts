import type { JsonValue } from "../json/json-value.js";
import type { InferInput, StandardSchema } from "../schema/standard-schema.js";
import type { ErrorDeclarations } from "./declaration.js";

/** What a function may know of who asks. Of a public context: nothing (protocol 3.3). */
export interface ReadCall<User> {
  readonly user: User;
  /** Without its body. Functions of public contexts get one without cookies and authorization. */
  readonly request: Request;
  readonly signal: AbortSignal;
}

/** What a mutation or a view may do besides answering. Nothing of it happens when the handler throws. */
export interface Call<
  User,
  Tx,
  Identity = User,
  Errors = ErrorDeclarations,
> extends ReadCall<User> {
  /** The transaction that the dispatcher opened and closes. */
  readonly tx: Tx;
  /** Ends the call with a declared error; the transaction is rolled back. */
  readonly fail: Fail<Errors>;
  /** A further target that only the handler knows, e.g. the scope that an item was moved from. */
  readonly invalidate: (
    context: string,
    params?: Readonly<Record<string, JsonValue>>,
    options?: { readonly viewers?: "all" | "self" },
  ) => void;
  /** Values for params that are declared to come from the server. */
  readonly scope: (context: string, params: Readonly<Record<string, JsonValue>>) => void;
  /** Where the page should go, on the same origin. */
  readonly redirect: (path: string) => void;
  readonly session: {
    readonly signIn: (user: NonNullable<Identity>) => void;
    readonly signOut: () => void;
  };
}

/** `fail("bad_credentials")`, `fail("out_of_stock", { book_id, left })`. */
export type Fail<Errors> = <const Code extends keyof Errors & string>(
  code: Code,
  ...data: Errors[Code] extends { readonly data: infer Data extends StandardSchema }
    ? [data: InferInput<Data>]
    : [data?: undefined]
) => never;
