import type { JsonObject } from "../../document/document.js";
import { isList, isObject, own } from "../shape/schema-at.js";

/** The path of the first server, without a slash at its end: what the addresses in `paths` are relative to. */
export function serverPathOf(root: JsonObject): string {
  const servers = own(root, "servers");
  const first = isList(servers) ? servers[0] : undefined;
  const url = isObject(first) ? own(first, "url") : undefined;
  if (typeof url !== "string" || url.includes("{")) return "";
  const path = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*(\/[^?#]*)?/i.exec(url)?.[1] ?? relative(url);
  return /^\/(?!\/)[^\s\\]*$/.test(path) ? path.replace(/\/+$/, "") : "";
}

/** A server's URL that has no host: `/api`. An absolute one without a path is the root. */
function relative(url: string): string {
  return url.startsWith("/") && !url.startsWith("//") ? (/^[^?#]*/.exec(url)?.[0] ?? "") : "";
}
