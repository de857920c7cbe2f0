import { percent } from "../canonical/percent.js";
import { hmac, sameText } from "../crypto/hmac.js";
import { randomText } from "../crypto/random-text.js";
import { sha256Hex } from "../crypto/sha256.js";
import { cookieOf } from "./cookie-of.js";
import type { OpenSession, SessionProvider } from "./session-provider.js";

export interface MemorySessionsOptions<User, Id extends string | number> {
  /** Signs the cookie. */
  readonly secret: string;
  readonly idOf: (user: User) => Id;
  /** The user as of now; null when there is none any more. */
  readonly load: (id: Id) => User | null | Promise<User | null>;
  /** Default `sessionid`. With `secure`, a name that begins with `__Host-` keeps sibling domains from setting it. */
  readonly cookie?: string;
  /** Sent over HTTPS only. Default: true. */
  readonly secure?: boolean;
  /** Sessions that are kept; the oldest end when there are more. */
  readonly capacity?: number;
  readonly describe?: (user: User) => Readonly<Record<string, unknown>>;
}

/** Sessions of a single process, found by a signed cookie. They end with the process. */
export function memorySessions<User, Id extends string | number>(
  options: MemorySessionsOptions<User, Id>,
): SessionProvider<User> {
  const { secret, idOf, load, cookie = "sessionid", secure = true, capacity = 100_000 } = options;
  /** User of each session; null for visitors. */
  const sessions = new Map<string, Id | null>();
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;

  const sign = (id: string): Promise<string> => hmac(secret, `session ${id}`);

  async function create(user: User | null): Promise<OpenSession<User>> {
    const id = randomText(24);
    sessions.set(id, user === null ? null : idOf(user));
    const oldest = sessions.size > capacity ? sessions.keys().next().value : undefined;
    if (oldest !== undefined) sessions.delete(oldest);
    return handle(id, user, [`${cookie}=${id}.${await sign(id)}; ${attributes}`]);
  }

  async function handle(
    id: string | null,
    user: User | null,
    cookies: readonly string[],
  ): Promise<OpenSession<User>> {
    const hash = id === null ? "" : await sha256Hex(`session ${id}`, 16);
    const own: OpenSession<User> = {
      user,
      id,
      cookies,
      scheme: id === null ? "none" : "cookie",
      viewer: user !== null ? `u:${percent(String(idOf(user)))}` : id === null ? "-" : `s:${hash}`,
      // A visitor who is given a session is still the same nobody.
      epoch: user === null ? "e-0" : `e-${hash}`,
      start: () => (id === null ? create(null) : Promise.resolve(own)),
      signIn(next) {
        // A new id, so that one that somebody else planted is worth nothing (session fixation).
        if (id !== null) sessions.delete(id);
        return create(next);
      },
      signOut() {
        if (id !== null) sessions.delete(id);
        return handle(null, null, [`${cookie}=; ${attributes}; Max-Age=0`]);
      },
    };
    return own;
  }

  return {
    async open(request) {
      const [id = "", signature = ""] = (cookieOf(request, cookie) ?? "").split(".");
      if (!sessions.has(id) || !sameText(signature, await sign(id))) return handle(null, null, []);
      const userId = sessions.get(id) ?? null;
      return handle(id, userId === null ? null : await load(userId), []);
    },
    describe: options.describe ?? ((user) => ({ id: idOf(user) })),
  };
}
