import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { exitCodeOf } from "./exit-code.js";

const error: Diagnostic = { code: "E001", severity: "error", message: "" };
const warning: Diagnostic = { code: "W221", severity: "warning", message: "" };

describe("the exit code", () => {
  it.each([
    [[], false, undefined, 0],
    [[warning, warning], false, undefined, 0],
    [[warning, warning], false, 2, 0],
    [[warning, warning], false, 1, 1],
    [[], true, undefined, 1],
    [[error], true, 0, 2],
  ])(
    "of %j with drift %j and at most %j warnings is %i",
    (diagnostics, drift, maxWarnings, code) => {
      expect(exitCodeOf(diagnostics, { drift, maxWarnings })).toBe(code);
    },
  );
});
