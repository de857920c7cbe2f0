import type { Pointer } from "../diagnostics/diagnostic.js";

/** Appends one step to a pointer: `~` and `/` are escaped as RFC 6901 section 3 asks, nothing else. */
export function child(pointer: Pointer, key: string | number): Pointer {
  const text = String(key);
  // Asked for every value that is looked at; almost no key needs it.
  const isPlain = !text.includes("/") && !text.includes("~");
  const step = isPlain ? text : text.replaceAll("~", "~0").replaceAll("/", "~1");
  return `${pointer}/${step}`;
}

/** The steps of a pointer after its `#`, unescaped. Percent-encoding is the business of references, not of pointers. */
export function stepsOf(pointer: Pointer): string[] {
  const fragment = pointer.slice(pointer.indexOf("#") + 1);
  if (fragment === "") return [];
  return fragment
    .slice(1)
    .split("/")
    .map((step) => (step.includes("~") ? step.replaceAll("~1", "/").replaceAll("~0", "~") : step));
}

/** The last step of a pointer, unescaped; the empty string for a root. */
export function lastStep(pointer: Pointer): string {
  return stepsOf(pointer).at(-1) ?? "";
}

/** The pointer one step up; a root is its own parent. */
export function parent(pointer: Pointer): Pointer {
  const slash = pointer.lastIndexOf("/");
  return slash > pointer.indexOf("#") ? pointer.slice(0, slash) : pointer;
}
