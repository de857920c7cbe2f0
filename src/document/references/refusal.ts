import { quote } from "../../diagnostics/quote.js";
import type { Origin } from "../source.js";
import type { OtherDocument } from "./find-target.js";

/** Why another document is not there; said where a reference to it is met. */
export interface LoadFailure {
  readonly code: "E306" | "E308";
  readonly reason: string;
  readonly help?: string | undefined;
}

/** Why a reference to another document is not followed with these permissions, or undefined when it is. */
export function refusal(
  target: OtherDocument,
  root: Origin,
  allowRefs: "none" | "files" | "all",
): LoadFailure | undefined {
  if (allowRefs === "all") return undefined;
  if (target.kind === "file") {
    if (allowRefs === "files") return undefined;
    return {
      code: "E306",
      reason: `${quote(target.key)} is another file, and references to files are not followed by default`,
      help: "allow them with --allow-refs, or bundle the documents into one",
    };
  }
  const sameOrigin = root.kind === "url" && new URL(root.url).origin === new URL(target.url).origin;
  if (allowRefs === "files" && sameOrigin) return undefined;
  return {
    code: "E306",
    reason: `${quote(target.url)} is a URL, and references to URLs are not followed by default`,
    help: sameOrigin
      ? "allow them with --allow-refs, or bundle the documents into one"
      : "allow them with --allow-refs=all, or bundle the documents into one",
  };
}
