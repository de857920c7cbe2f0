import { cookieOf } from "../session/cookie-of.js";
import type { OpenSession } from "../session/session-provider.js";
import type { Server } from "./server.js";

/** One request on its way. */
export interface Exchange {
  readonly server: Server;
  readonly request: Request;
  readonly url: URL;
  /** Opened at most once, and never for a public context. */
  readonly session: () => Promise<OpenSession<unknown>>;
}

const nobody: OpenSession<unknown> = {
  user: null,
  scheme: "none",
  id: null,
  viewer: "-",
  epoch: "e-0",
  cookies: [],
  start: () => Promise.resolve(nobody),
  signIn: () => Promise.reject(new Error("there is no session to sign in to: session is null")),
  signOut: () => Promise.resolve(nobody),
};

export function createExchange(server: Server, request: Request, url: URL): Exchange {
  let session: Promise<OpenSession<unknown>> | undefined;
  return {
    server,
    request,
    url,
    session: () => (session ??= server.sessions?.open(request) ?? Promise.resolve(nobody)),
  };
}

/** Whether a browser sent the session by itself, so that another page could have made it do so. */
export function isBearerOnly({ server, request }: Exchange): boolean {
  const cookie = server.contract.session?.cookie;
  return (
    /^bearer /i.test(request.headers.get("Authorization") ?? "") &&
    (cookie === undefined || cookieOf(request, cookie) === null)
  );
}
