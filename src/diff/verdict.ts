import type { Direction } from "../ir/type-node.js";
import type { Audience, ChangeClass } from "./contract-change.js";

/** How bad a change is, for whom, and why. */
export interface Verdict {
  readonly class: ChangeClass;
  readonly breaks: readonly Audience[];
  readonly reason: string;
}

const both: readonly Audience[] = ["clients", "code"];

export function breaking(reason: string, breaks: readonly Audience[] = both): Verdict {
  return { class: "breaking", breaks, reason };
}

export function review(reason: string, breaks: readonly Audience[]): Verdict {
  return { class: "review", breaks, reason };
}

export function compatible(reason: string): Verdict {
  return { class: "compatible", breaks: [], reason };
}

export function neutral(reason: string): Verdict {
  return { class: "neutral", breaks: [], reason };
}

/** More values are allowed than before: harmless on the way in, not on the way out. */
export function widened(direction: Direction): Verdict {
  return direction === "in"
    ? compatible("what clients send today is still accepted")
    : breaking(
        "clients generated earlier can receive what they do not expect; code must handle it to compile",
      );
}

/** Fewer values are allowed than before: harmless on the way out, not on the way in. */
export function narrowed(direction: Direction): Verdict {
  return direction === "in"
    ? breaking(
        "clients generated earlier can send what is now refused, and code that does no longer compiles",
      )
    : compatible("whatever arrives was expected before");
}

/** Neither form holds the values of the other. */
export function retyped(direction: Direction): Verdict {
  return breaking(
    direction === "in"
      ? "clients generated earlier send what is now refused, and code that does no longer compiles"
      : "clients generated earlier receive what they do not expect, and code that reads it no longer compiles",
  );
}
