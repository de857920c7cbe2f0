import { createHmac, randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { Problem } from "./answer.js";

export interface Visit {
  readonly key: string;
  readonly user: { readonly id: number; readonly name: string } | null;
}

/** Sessions by cookie, tokens bound to them, and the checks before every POST (protocol 3.7). */
export class Sessions {
  readonly #users = new Map<string, Visit["user"]>();

  find({ cookie = "" }: IncomingHttpHeaders): Visit {
    const key = /(?:^|; )shelf_session=([\w-]+)/.exec(cookie)?.[1] ?? "";
    return { key, user: this.#users.get(key) ?? null };
  }

  start(user: Visit["user"]): Visit {
    const key = randomUUID();
    this.#users.set(key, user);
    return { key, user };
  }

  end({ key }: Visit): void {
    this.#users.delete(key);
  }

  token({ key }: Visit): string {
    return createHmac("sha256", "shelves").update(key).digest("base64url");
  }

  epoch({ key, user }: Visit): string {
    return user === null
      ? "e-nobody"
      : `e-${createHmac("sha256", "epoch").update(key).digest("hex").slice(0, 12)}`;
  }

  /** @throws Problem csrf_failed */
  check(headers: IncomingHttpHeaders, visit: Visit, origin: string): void {
    const site = headers["sec-fetch-site"];
    const forged =
      site === undefined
        ? headers.origin !== undefined && headers.origin !== origin
        : site !== "same-origin";
    const isKnown = visit.key !== "" || headers.authorization === undefined;
    if (isKnown && (forged || headers["x-csrftoken"] !== this.token(visit)))
      throw new Problem(403, "csrf_failed");
  }
}
