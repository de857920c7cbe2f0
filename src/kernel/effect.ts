import type { MergeItem } from "./merge.js";
import { isObject } from "./json.js";

/** One thing that changed on the server (protocol 3.4): the entries of a context whose params equal the given ones. */
export interface InvalidateItem {
  /** Wire name, or `*` for all. */
  readonly context: string;
  /** Values by name, or the canonical query of them. */
  readonly params?: object | string | undefined;
  readonly rev?: number | undefined;
}

/** What an answer changes: it writes into a slot, or says that something is no longer true. */
export type Effect = InvalidateItem | MergeItem;

/** The items of a list that came from outside which name a context. A bare name is one too. */
export function readEffects(list: unknown): Effect[] {
  return (Array.isArray(list) ? list : []).flatMap((value: unknown) => {
    const item = typeof value === "string" ? { context: value } : value;
    if (!isObject(item) || typeof item["context"] !== "string") return [];
    const rev = typeof item["rev"] === "number" ? item["rev"] : undefined;
    // Only code of ours says how to apply it.
    return [{ ...item, context: item["context"], rev, apply: undefined }];
  });
}

/** What changed, without the new value. */
export const outline = ({ context, params, rev }: InvalidateItem): InvalidateItem => ({
  context,
  params,
  rev,
});

/** What `X-Mizan-Invalidate` of an answer says has changed, undefined when it has none; nothing when the answer is of another origin. */
export function headerEffects({ headers, type }: Response): readonly Effect[] | undefined {
  const text = headers.get("X-Mizan-Invalidate");
  if (text === null) return undefined;
  return type === "cors" ? [] : readInvalidateHeader(text);
}

const listItem = /^\s*([A-Za-z*][\w.:*/-]*)((?:\s*;\s*\w+=(?:"[^"]*"|-?\d+))*)\s*$/;

/**
 * Reads an RFC 9651 list (protocol 3.5), whose strings hold no commas because they are canonical queries; JSON of older producers too.
 * What cannot be read means everything.
 */
export function readInvalidateHeader(text: string): readonly Effect[] {
  try {
    if (/^\s*[[{]/.test(text)) return readEffects([JSON.parse(text) as unknown].flat());
    const parts = text.trim() ? text.split(",") : [];
    return parts.map((part) => {
      const [, context, params] = listItem.exec(part) as unknown as [string, string, string];
      const rev = /;\s*rev=(\d+)/.exec(params)?.[1];
      return { context, params: /;\s*p="([^"]*)"/.exec(params)?.[1], rev: rev ? +rev : undefined };
    });
  } catch {
    return [{ context: "*" }];
  }
}
