/**
 * Whether two values are the same data: plain objects and lists by what they hold, members in the same order, as that shows in what is
 * printed; anything else by identity. Stops at what is the same object.
 *
 * @param depth how many objects and lists inside each other are looked into; what is deeper is the same only if it is one object
 */
export function isSameData(a: unknown, b: unknown, depth = Infinity): boolean {
  if (Object.is(a, b)) return true;
  if (depth === 0 || typeof a !== "object" || typeof b !== "object") return false;
  if (a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && haveSameItems(a, b, depth - 1);
  return isPlain(a) && isPlain(b) && haveSameMembers(a, b, depth - 1);
}

function haveSameItems(a: readonly unknown[], b: readonly unknown[], depth: number): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    if (!isSameData(a[index], b[index], depth)) return false;
  }
  return true;
}

type Members = Readonly<Record<string, unknown>>;

function haveSameMembers(a: Members, b: Members, depth: number): boolean {
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? "";
    if (key !== others[index] || !isSameData(a[key], b[key], depth)) return false;
  }
  return true;
}

function isPlain(value: object): value is Members {
  return Object.getPrototypeOf(value) === Object.prototype;
}
