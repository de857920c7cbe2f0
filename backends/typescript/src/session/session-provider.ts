/** The session that one request comes with. Changes take effect when the call has succeeded. */
export interface OpenSession<User> {
  /** Null: nobody is signed in. */
  readonly user: User | null;
  /** How the request says who it is. Only a cookie, which browsers send by themselves, needs CSRF checks. */
  readonly scheme: "cookie" | "bearer" | "none";
  /** What the CSRF token is bound to; null while there is no session. */
  readonly id: string | null;
  /** For cache keys: `u:<percent-encoded id>`, `s:<hash of the session>`, `-` (protocol 7). */
  readonly viewer: string;
  /** Opaque; changes when identity or privileges change. */
  readonly epoch: string;
  /** Begins a session for a visitor who has none, so that a token can be bound to it. */
  start(): Promise<OpenSession<User>>;
  signIn(user: User): Promise<OpenSession<User>>;
  signOut(): Promise<OpenSession<User>>;
  /** `Set-Cookie` lines that tell the browser of this session; empty when it knows it. */
  readonly cookies: readonly string[];
}

/** Where sessions come from: your framework's, or `memorySessions`. */
export interface SessionProvider<User> {
  open(request: Request): Promise<OpenSession<User>>;
  /** What `/session/` tells of the user. */
  describe(user: User): Readonly<Record<string, unknown>>;
}
