/**
 * Whether two pieces of code, plain data both, are the same and are printed the same: the order of members counts, as it does in a
 * printed value. Stops at what is the same object.
 */
export function sameCode(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return Object.is(left, right);
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    for (let index = 0; index < left.length; index++) {
      if (!sameCode(left[index], right[index])) return false;
    }
    return true;
  }
  return sameMembers(left as Members, right as Members);
}

type Members = Readonly<Record<string, unknown>>;

function sameMembers(left: Members, right: Members): boolean {
  const keys = Object.keys(left);
  const others = Object.keys(right);
  if (keys.length !== others.length) return false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? "";
    if (key !== others[index] || !sameCode(left[key], right[key])) return false;
  }
  return true;
}
