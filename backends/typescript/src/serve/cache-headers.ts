import { sha256Hex } from "../crypto/sha256.js";
import type { JsonObject } from "../json/json-value.js";
import type { ContextPlan } from "../registry/contract.js";
import { contextQuery } from "../revisions/stamp-keys.js";
import type { Exchange } from "./exchange.js";

type Fields = Record<string, string>;

/** Keeps other origins from embedding what is one user's, and from learning anything by that. */
const notEmbedded = { "Cross-Origin-Resource-Policy": "same-origin" };

/** Of what is one user's and only now true. */
export const neverStored = { "Cache-Control": "private, no-store", ...notEmbedded };

/** Who may store a bundle, for how long, and by which tags it is purged (protocol 1, 3.3). */
export async function cacheHeaders(
  exchange: Exchange,
  context: ContextPlan,
  params: JsonObject,
): Promise<Fields> {
  const { cache } = context.declaration;
  if (cache.scope === "none") return neverStored;
  const vary = ["Accept-Encoding", ...(cache.vary ?? [])];
  if (cache.scope === "private") {
    const { scheme } = await exchange.session();
    return {
      "Cache-Control": "private, no-cache",
      Vary: [...vary, scheme === "bearer" ? "Authorization" : "Cookie"].join(", "),
      ...notEmbedded,
    };
  }
  const tags = await tagsOf(context, params);
  // An answer that could never be purged is not to be stored.
  if (tags === null) return { "Cache-Control": "no-store" };
  const swr = cache.swr === undefined ? "" : `, stale-while-revalidate=${cache.swr}`;
  return {
    "Cache-Control": "public, max-age=0, must-revalidate",
    "CDN-Cache-Control": `public, max-age=${cache.ttl}${swr}`,
    "Cache-Tag": tags.join(","),
    "Surrogate-Key": tags.join(" "),
    Vary: vary.join(", "),
  };
}

/** `mz-<context>`, one for each declared scope of params, and the author's own; null when there are too many or one is too long. */
async function tagsOf(context: ContextPlan, params: JsonObject): Promise<string[] | null> {
  const name = `mz-${context.name.toLowerCase()}`;
  const { cache } = context.declaration;
  const tags = [name, ...(cache.scope === "none" ? [] : (cache.tags ?? []))];
  for (const scope of context.scopes) {
    if (scope.length === 0) continue;
    const own = Object.fromEntries(scope.map((each) => [each, params[each] ?? null]));
    tags.push(`${name}-${await sha256Hex(contextQuery(context, own), 16)}`);
  }
  const fits = tags.every((tag) => /^[a-z0-9][a-z0-9._-]{0,127}$/.test(tag));
  return fits && tags.length <= 16 ? tags : null;
}

/** Weak: two bodies of one revision that say the same may differ in their bytes. */
export async function entityTag(body: string, rev: number): Promise<string> {
  return `W/"${rev}-${await sha256Hex(body, 8)}"`;
}

/** Whether the caller has this very answer; compared weakly (RFC 9110, 13.1.2). */
export function matchesTag(headers: Headers, tag: string): boolean {
  const given = headers.get("If-None-Match");
  if (given === null) return false;
  const bare = (text: string): string => text.trim().replace(/^W\//, "");
  return given.split(",").some((each) => each.trim() === "*" || bare(each) === bare(tag));
}
