import {
  csrfFailed,
  forbidden,
  protocolUnsupported,
  unauthenticated,
} from "../problem/problems.js";
import type { FunctionPlan } from "../registry/contract.js";
import { isCsrfToken } from "../session/csrf-token.js";
import { isBearerOnly, type Exchange } from "./exchange.js";

/** Header and form field of the token; the names that Django uses. */
export const csrfHeader = "X-CSRFToken";
export const csrfField = "csrfmiddlewaretoken";

/** Step 2 of protocol 3.7: a header that no other site can send without asking first. Another version is refused everywhere. */
export function checkProtocol({ request }: Exchange, isNeeded: boolean): void {
  const version = request.headers.get("X-Mizan-Protocol");
  if (version === null ? isNeeded : version.trim() !== "1") throw protocolUnsupported();
}

/** Step 3: the page that calls is of this origin, or of one that is allowed. */
export function checkOrigin(exchange: Exchange): void {
  if (isBearerOnly(exchange)) return;
  const { request, url, server } = exchange;
  const { origins = [], sameSite = false } = server.options;
  const site = request.headers.get("Sec-Fetch-Site");
  if (site !== null) {
    if (site === "same-origin" || (site === "same-site" && sameSite)) return;
    throw csrfFailed("the call comes from another site");
  }
  const origin = request.headers.get("Origin");
  if (origin === null || origin === url.origin || origins.includes(origin)) return;
  throw csrfFailed("the call comes from another origin");
}

/** Step 4: the token of this very session. */
export async function checkToken(exchange: Exchange, token: string | null): Promise<void> {
  const { server } = exchange;
  if (server.sessions === null || isBearerOnly(exchange)) return;
  const { id } = await exchange.session();
  if (id === null || token === null || !(await isCsrfToken(server.secret, id, token))) {
    throw csrfFailed(`send the token of the session in ${csrfHeader}`);
  }
}

/** Who may call; checked for each function, inside a bundle as well. */
export async function checkAuth(
  exchange: Exchange,
  { auth, permissions }: FunctionPlan,
): Promise<void> {
  if (auth === "none" && permissions.length === 0) return;
  const { user } = await exchange.session();
  if (auth === "required" && user === null) throw unauthenticated();
  if (permissions.length === 0) return;
  if ((await exchange.server.options.authorize?.(user, permissions)) !== true) throw forbidden();
}
