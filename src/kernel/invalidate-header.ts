/** One thing that changed on the server (protocol 3.4): the entries of a context whose params equal the given ones. */
export interface InvalidateItem {
  /** Wire name, or `*` for all. */
  readonly context: string;
  /** Values by name, or the canonical query of them. */
  readonly params?: object | string | undefined;
  readonly rev?: number | undefined;
}

const item =
  /^\s*([A-Za-z*][\w.:*/-]*)((?:\s*;\s*[a-z]\w*=(?:"(?:[^"\\]|\\.)*"|-?\d+))*)\s*(?:,|$)/;

/** Reads `X-Mizan-Invalidate` (protocol 3.5), an RFC 9651 list; JSON of older producers too. What cannot be read means everything. */
export function readInvalidateHeader(text: string): readonly InvalidateItem[] {
  const everything = [{ context: "*" }];
  if (/^\s*[[{]/.test(text)) {
    try {
      const value: unknown = JSON.parse(text);
      return invalidateItems(Array.isArray(value) ? value : [value]);
    } catch {
      return everything;
    }
  }
  const items: InvalidateItem[] = [];
  for (let rest = text; rest.trim();) {
    const match = item.exec(rest);
    if (!match?.[1]) return everything;
    const rev = /;\s*rev=(\d+)/.exec(match[2] ?? "")?.[1];
    items.push({
      context: match[1],
      params: /;\s*p="([^"]*)"/.exec(match[2] ?? "")?.[1],
      rev: rev ? Number(rev) : undefined,
    });
    rest = rest.slice(match[0].length);
  }
  return items;
}

/** What an answer's header says has changed; nothing when it is of another origin. */
export function headerItems({ headers, type }: Response): readonly InvalidateItem[] {
  return type === "cors" ? [] : readInvalidateHeader(headers.get("X-Mizan-Invalidate") ?? "");
}

/** The well-formed items of a list that came from outside. A bare name is an item too. */
export function invalidateItems(list: unknown): InvalidateItem[] {
  return (Array.isArray(list) ? list : []).flatMap((value: unknown): InvalidateItem[] => {
    const { context, params, rev } = (
      typeof value === "string" ? { context: value } : (value ?? {})
    ) as {
      readonly [Name in keyof InvalidateItem]: unknown;
    };
    if (typeof context !== "string") return [];
    return [
      {
        context,
        params:
          typeof params === "string" || (typeof params === "object" && params) ? params : undefined,
        rev: typeof rev === "number" ? rev : undefined,
      },
    ];
  });
}
