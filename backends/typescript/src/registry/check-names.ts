import type { Findings } from "./findings.js";
import { pascalCase } from "./pascal-case.js";

const reserved = new Set(
  (
    "constructor prototype then toString toJSON valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable " +
    "toLocaleString"
  ).split(" "),
);

/** E102: wire names by their pattern, none that would collide with members of every object (protocol P8). */
export function checkName(name: string, what: string, findings: Findings, at: string): void {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,127}$/.test(name)) {
    findings.report(
      "E102",
      at,
      `"${name}" is no name of a ${what}`,
      "letters, digits and underscores, beginning with a letter",
    );
  } else if (reserved.has(name)) {
    findings.report(
      "E102",
      at,
      `"${name}" is reserved: every object has such a member`,
      "choose another name",
    );
  }
}

/** E101: names that would be one identifier in TypeScript, or one cache tag. */
export function checkDistinct(
  names: readonly string[],
  what: "function" | "context",
  findings: Findings,
): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const key = what === "context" ? name.toLowerCase() : pascalCase(name).toLowerCase();
    const other = seen.get(key);
    if (other === undefined) seen.set(key, name);
    else {
      const message =
        other === name
          ? `the ${what} "${name}" is declared twice`
          : `"${name}" and "${other}" differ in their spelling only`;
      findings.report("E101", name, message, "rename one of them");
    }
  }
}
