import { csrfToken } from "../session/csrf-token.js";
import { notAcceptable, notFound, wrongMethod } from "../problem/problems.js";
import { jsonAnswer, type Answer } from "./answer.js";
import { acceptsJson } from "./content-type.js";
import type { Exchange } from "./exchange.js";
import { checkProtocol, csrfField, csrfHeader } from "./guard.js";

/** `GET {base}session/`: token, user, epoch, features (protocol 3.7). A visitor without a session is given one. */
export async function serveSession(exchange: Exchange): Promise<Answer> {
  const { request, server } = exchange;
  if (request.method !== "GET" && request.method !== "HEAD") throw wrongMethod("GET, HEAD");
  if (!acceptsJson(request.headers)) throw notAcceptable();
  checkProtocol(exchange, false);
  if (server.sessions === null) throw notFound();
  const session = await (await exchange.session()).start();
  const { user, id, epoch } = session;
  const answer = jsonAnswer(
    {
      mizan: 1,
      csrf: {
        header: csrfHeader,
        token: id === null ? "" : await csrfToken(server.secret, id),
        field: csrfField,
      },
      user: user === null ? null : server.sessions.describe(user),
      epoch,
      schema: server.fingerprint,
      features: server.contract.features,
    },
    { "Cache-Control": "private, no-store", "X-Mizan-Epoch": epoch },
  );
  for (const cookie of session.cookies) answer.headers.append("Set-Cookie", cookie);
  return answer;
}
