import { describe, expect, it } from "vitest";
import { catalogue, isDiagnosticCode, severityOf, type CatalogueEntry } from "./catalogue.js";
import { explain, unknownCode } from "./explain.js";

const entries = Object.entries<CatalogueEntry>(catalogue);

describe("the catalogue", () => {
  it("is sorted by code", () => {
    expect(Object.keys(catalogue)).toEqual(Object.keys(catalogue).toSorted());
  });

  it.each(entries)("%s is a letter for its severity and three digits", (code) => {
    expect(code).toMatch(/^[EW]\d{3}$/);
    expect(severityOf(code as keyof typeof catalogue)).toBe(
      code.startsWith("E") ? "error" : "warning",
    );
  });

  it.each(entries)("%s says what is wrong, why, and what to do", (_code, entry) => {
    expect(entry.title).toMatch(/^[A-Z].*[^.]$/);
    expect(entry.cause).toMatch(/\.\)?$/);
    expect(entry.fix).toMatch(/\.\)?$/);
  });

  it("titles no two codes alike", () => {
    const titles = entries.map(([, entry]) => entry.title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("knows its own codes only", () => {
    expect(isDiagnosticCode("E201")).toBe(true);
    expect(isDiagnosticCode("toString")).toBe(false);
    expect(isDiagnosticCode("__proto__")).toBe(false);
  });
});

describe("explain", () => {
  it("prints title, cause, fix and example", () => {
    expect(explain("e201")).toBe(`E201  A merge has several possible slots

The mutation's output fits more than one slot of the context equally well, so
the place where the answer belongs cannot be told from types. Writing it into
the wrong one would show wrong data.

Name the slot. When the answer belongs into two of them, write two merges.

    "merge": [{ "context": "user", "slot": "user_profile" }]
`);
  });

  it("answers nothing for a code that does not exist, and names the nearest", () => {
    expect(explain("E999")).toBeUndefined();
    expect(explain("constructor")).toBeUndefined();
    expect(unknownCode("E20I")).toContain("did you mean");
  });
});
