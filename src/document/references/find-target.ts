import { dirname, isAbsolute, relative, resolve } from "node:path";
import { quote } from "../../diagnostics/quote.js";
import type { Origin } from "../source.js";

/** Another document, by the key that it is kept under. */
export type Target =
  | { readonly kind: "root" }
  | OtherDocument
  | { readonly kind: "refused"; readonly reason: string; readonly help?: string | undefined };

export type OtherDocument =
  | { readonly kind: "file"; readonly key: string; readonly path: string }
  | { readonly kind: "url"; readonly key: string; readonly url: string };

/** Where the address of a reference leads that stands in a document from `from`; `root` is where the root document came from. */
export function findTarget(address: string, from: Origin, root: Origin): Target {
  if (from.kind === "url") {
    if (!URL.canParse(address, from.url)) return refused(`${quote(address)} is no URL`);
    return urlTarget(new URL(address, from.url), root);
  }
  if (/^(https?:)?\/\//i.test(address)) {
    const url = address.startsWith("/") ? `https:${address}` : address;
    return URL.canParse(url)
      ? urlTarget(new URL(url), root)
      : refused(`${quote(address)} is no URL`);
  }
  if (/^[a-z][a-z\d+.-]+:/i.test(address)) {
    return refused(`${quote(address)} is neither a relative path nor an http(s) URL`);
  }
  if (from.kind === "none" || root.kind !== "file") {
    return refused(
      `${quote(address)} is relative, and standard input has no directory`,
      "say with --stdin-filepath where the document belongs",
    );
  }
  return fileTarget(decoded(address), from.path, root.path);
}

function fileTarget(address: string, from: string, root: string): Target {
  const path = resolve(dirname(from), address);
  if (path === root) return { kind: "root" };
  const key = relative(dirname(root), path);
  if (isAbsolute(address) || isAbsolute(key) || key === ".." || /^\.\.[\\/]/.test(key)) {
    return refused(
      `${quote(address)} is outside of the directory of the document`,
      "files there are never read: move it beside the document, or bundle the two",
    );
  }
  return { kind: "file", key: key.replaceAll("\\", "/"), path };
}

function urlTarget(url: URL, root: Origin): Target {
  url.hash = "";
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return refused(`${quote(url.protocol)} references are not followed`);
  }
  if (url.username !== "" || url.password !== "") {
    return refused("a reference with credentials in its URL is not followed");
  }
  if (root.kind === "url" && root.url === url.href) return { kind: "root" };
  return { kind: "url", key: url.href, url: url.href };
}

function refused(reason: string, help?: string): Target {
  return { kind: "refused", reason, help };
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
