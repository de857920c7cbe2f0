import type { Declaration, Member } from "./read-declarations.js";

/** A type longer than this says more about itself than about what has changed. */
const longest = 40;

/**
 * What a new text declares otherwise than the old one, each as a phrase: `User.nickname added`, `User.age is now optional`. Nothing when
 * all that differs is what stands between declarations.
 */
export function compareDeclarations(
  before: ReadonlyMap<string, Declaration>,
  after: ReadonlyMap<string, Declaration>,
): string[] {
  return compareMaps(before, after, "", (name, old, young) => {
    if (old.members !== undefined && young.members !== undefined) {
      const inside = compareMembers(old.members, young.members, `${name}.`);
      if (inside.length > 0) return inside;
    }
    if (old.code !== young.code) return [`${name} changed`];
    return old.comment === young.comment ? [] : [`the comment of ${name} changed`];
  });
}

function compareMembers(
  before: ReadonlyMap<string, Member>,
  after: ReadonlyMap<string, Member>,
  path: string,
): string[] {
  return compareMaps(before, after, path, (name, old, young) => {
    const presence =
      old.isOptional === young.isOptional
        ? []
        : [`${name} is now ${young.isOptional ? "optional" : "required"}`];
    return [...presence, ...compareTypes(name, old, young)];
  });
}

function compareTypes(name: string, old: Member, young: Member): string[] {
  if (old.members !== undefined && young.members !== undefined) {
    const inside = compareMembers(old.members, young.members, `${name}.`);
    if (inside.length > 0) return inside;
  }
  // An optional member is spelled with `| undefined`: that it is optional is said already.
  const [a, b] = [old, young].map(({ code, isOptional }) =>
    isOptional ? code.replace(/ \| undefined$/, "") : code,
  );
  if (a === b) return old.comment === young.comment ? [] : [`the comment of ${name} changed`];
  const isShort = [a, b].every((type = "") => type.length <= longest);
  return [isShort ? `${name} is ${b}, was ${a}` : `${name} has another type`];
}

/** What is gone first, then what changed and what is new, in the order of the new text. */
function compareMaps<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  path: string,
  compare: (name: string, old: T, young: T) => readonly string[],
): string[] {
  const gone = [...before.keys()].filter((name) => !after.has(name));
  return [
    ...gone.map((name) => `${path}${name} removed`),
    ...[...after].flatMap(([name, young]) => {
      const old = before.get(name);
      return old === undefined ? [`${path}${name} added`] : compare(path + name, old, young);
    }),
  ];
}
