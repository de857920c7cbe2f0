import fc from "fast-check";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One random wound: where (a path chosen by numbers, so that it fits any document) and what is done there. */
export interface Wound {
  readonly path: readonly number[];
  readonly kind: "delete" | "replace" | "rename" | "duplicate" | "swap" | "wrap";
  readonly value: Json;
}

/** Names and texts that try to leave the place they are printed in. */
export const hostileTexts = [
  "*/ export const pwned = 1; /*",
  "\\u002a/ export const pwned = 1;",
  "`${process.exit(1)}`",
  "${globalThis.pwned = 1}",
  '"; pwned(); "',
  "'; pwned(); '",
  "a\u2028b\u2029c",
  "__proto__",
  "constructor",
  "toString",
  "then",
  "../../escape",
  "..\\..\\escape",
  "CON",
  "nul.txt",
  "class",
  "await",
  "😀",
  "ñ",
  "n\u0303",
  "\ud800",
  "",
  " ",
  "a b",
  "1st",
  "Promise",
  "Record",
  "User-Input",
  "\u202e evil",
  "#/components/schemas/User",
  "#/",
  "https://example.invalid/x.json",
  "file:///etc/passwd",
] as const;

const awkwardValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1e21, 3.5, "", [], {}),
  fc.constantFrom<Json>(...hostileTexts),
  fc.constantFrom<Json>(
    { $ref: "#/components/schemas/User" },
    { $ref: "#/components/schemas/Missing" },
    { $ref: "#" },
    { $ref: 3 },
    { type: "object", properties: { a: { $ref: "#/components/schemas/Order" } } },
    { allOf: [{ $ref: "#/components/schemas/User" }, { type: "null" }] },
    { anyOf: [] },
    { enum: [] },
    { type: ["string", "banana"] },
    [{ context: "user" }],
    [[[]]],
  ),
);

export const wound: fc.Arbitrary<Wound> = fc.record({
  path: fc.array(fc.nat(60), { minLength: 1, maxLength: 9 }),
  kind: fc.constantFrom<Wound["kind"]>("delete", "replace", "rename", "duplicate", "swap", "wrap"),
  value: awkwardValue,
});

/** Applies the wounds to a copy of a JSON document, as text. */
export function wounded(document: Json, wounds: readonly Wound[]): string {
  let copy = structuredClone(document);
  for (const one of wounds) copy = inflict(copy, one);
  return JSON.stringify(copy, null, 1);
}

function inflict(root: Json, { path, kind, value }: Wound): Json {
  let holder: Json = root;
  for (const [depth, step] of path.entries()) {
    if (holder === null || typeof holder !== "object") return root;
    const keys = Object.keys(holder);
    if (keys.length === 0) return root;
    const key = keys[step % keys.length] as string;
    const inner: Json = (holder as Record<string, Json>)[key] ?? null;
    const last = depth === path.length - 1 || inner === null || typeof inner !== "object";
    if (!last) {
      holder = inner;
      continue;
    }
    wound1(holder, key, inner, kind, value);
    return root;
  }
  return root;
}

function wound1(
  holder: Record<string, Json> | Json[],
  key: string,
  inner: Json,
  kind: Wound["kind"],
  value: Json,
): void {
  const set = (name: string, to: Json): void => {
    // Plain assignment to `__proto__` would change the prototype instead of making a key.
    Object.defineProperty(holder, name, {
      value: to,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  };
  switch (kind) {
    case "delete":
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case "replace":
      set(key, structuredClone(value));
      break;
    case "rename":
      if (!Array.isArray(holder)) {
        delete holder[key];
        set(typeof value === "string" ? value : `${key}_x`, inner);
      }
      break;
    case "duplicate":
      if (Array.isArray(holder)) holder.push(structuredClone(inner));
      else set(typeof value === "string" ? value : key.toUpperCase(), structuredClone(inner));
      break;
    case "swap": {
      const other = Object.keys(holder)[0];
      if (other !== undefined && other !== key) {
        const first = (holder as Record<string, Json>)[other] ?? null;
        set(other, inner);
        set(key, first);
      }
      break;
    }
    case "wrap":
      set(key, { anyOf: [structuredClone(inner), { type: "null" }] });
      break;
  }
}
