import { describe, expect, it } from "vitest";
import { cases } from "./cases.js";
import { chooseCases } from "./choose-cases.js";

const chosen = (...wanted: string[]): string[] =>
  chooseCases(cases, wanted).cases.map(({ id }) => id);

describe("chooseCases", () => {
  it("takes all when nothing is named", () => {
    expect(chosen()).toEqual(cases.map(({ id }) => id));
  });

  it("takes a case by its ID, a section, and the beginning of an ID", () => {
    expect(chosen("3.3-etag")).toEqual(["3.3-etag"]);
    expect(chosen("3.3").every((id) => id.startsWith("3.3-"))).toBe(true);
    expect(chosen("3.3").length).toBeGreaterThan(5);
    expect(chosen("3.1")).not.toContain("3.10-url");
    expect(chosen("6")).toEqual(["6-cors", "6-corp"]);
    expect(chosen("3.7-csrf-*").length).toBeGreaterThan(8);
  });

  it("says of a name that fits none which one is near", () => {
    expect(chooseCases(cases, ["3.3-etga"]).problems).toEqual([
      '--only 3.3-etga: there is no such case (did you mean "3.3-etag"?)',
    ]);
  });
});
