/** Of `after`, with every part that says the same as its counterpart in `before` replaced by that very object, as a watch builds it. */
export function shareStructure<T>(before: unknown, after: T): T {
  return share(before, after) as T;
}

function share(before: unknown, after: unknown): unknown {
  if (typeof before !== "object" || typeof after !== "object") return after;
  if (before === null || after === null) return after;
  if (Array.isArray(before) || Array.isArray(after)) {
    if (!Array.isArray(before) || !Array.isArray(after)) return after;
    const names = new Map((before as readonly unknown[]).map((one) => [nameOf(one), one]));
    const shared = (after as readonly unknown[]).map((one, index) =>
      share(names.get(nameOf(one) ?? NaN) ?? before[index], one),
    );
    return isSame(before as readonly unknown[], shared) ? before : shared;
  }
  const others = new Map(Object.entries(before));
  const entries = Object.entries(after).map(([key, value]): [string, unknown] => [
    key,
    share(others.get(key), value),
  ]);
  const isOld =
    isSame([...others.keys()], Object.keys(after)) &&
    entries.every(([key, value]) => value === others.get(key));
  return isOld ? before : Object.fromEntries(entries);
}

function nameOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  if ("wireName" in value) return value.wireName;
  return "name" in value ? value.name : undefined;
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((one, index) => Object.is(one, right[index]));
}
