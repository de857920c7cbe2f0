import { expect, it } from "vitest";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { UnseenFindings } from "./unseen-findings.js";

const warning = (message: string, pointer = "#"): Diagnostic => ({
  ...{ code: "W221", severity: "warning", message, pointer },
});
const error: Diagnostic = { code: "E200", severity: "error", message: "no" };

it("tells a warning once, wherever it moves, until it was gone; errors each time", () => {
  const findings = new UnseenFindings();
  const shown = (...diagnostics: Diagnostic[]): string[] =>
    findings.of("one", diagnostics).map(({ message }) => message);
  expect(shown(warning("a"), warning("b"))).toEqual(["a", "b"]);
  expect(shown(warning("a", "#/elsewhere"), error)).toEqual(["no"]);
  expect(shown(error)).toEqual(["no"]);
  expect(shown(warning("a"), warning("c"))).toEqual(["c"]);
  expect(shown(warning("a"), warning("b"))).toEqual(["b"]);
  expect(shown()).toEqual([]);
  expect(shown(warning("a"))).toEqual(["a"]);
  expect(findings.of("two", [warning("a")])).toHaveLength(1);
});
