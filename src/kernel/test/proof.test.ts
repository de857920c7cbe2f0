import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The names of all tests of the kernel, as they stand in the sources. Comments do not count. */
const names = ["src/kernel", "test/browser/kernel"].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(`${root}${folder}/${file}`, "utf8");
      // `it("…"` or, of a table, `)("…"`.
      return [...text.matchAll(/\b(?:it|describe)\(\s*"([^"]+)"|\]\)\(\s*"([^"]+)"/g)].map(
        ([, own, ofTable]) => own ?? ofTable ?? "",
      );
    }),
);

/** Numbers after a word in the names of tests: `scenario 5`, `scenarios 74 and 77`. */
const proven = (word: string): Set<string> =>
  new Set(
    names.flatMap((name) =>
      [...name.matchAll(new RegExp(`\\b${word}s? (\\d+b?(?:(?:, | and )\\d+b?)*)`, "g"))].flatMap(
        ([, list = ""]) => list.split(/, | and /),
      ),
    ),
  );

const document = readFileSync(`${root}docs/kernel-proof.md`, "utf8");
const [scenarios = "", races = ""] = document.split("## Races");
const rows = (text: string): string[] =>
  [...text.matchAll(/^\| (\d+b?) +\|/gm)].map(([, number]) => number ?? "");

/** A rule that no client can see, so that no client's test can prove it. */
const ofServers = ["33"];

describe("docs/kernel-proof.md", () => {
  it("has the 85 scenarios, once each", () => {
    expect(rows(scenarios)).toEqual(Array.from({ length: 85 }, (_, index) => String(index + 1)));
    expect(rows(races)).toHaveLength(17);
  });

  it("each scenario has a test with its number", () => {
    const found = proven("scenario");
    expect(rows(scenarios).filter((row) => !found.has(row))).toEqual(ofServers);
  });

  it("each race has a test with its number", () => {
    const found = proven("race");
    expect(rows(races).filter((row) => !found.has(row))).toEqual([]);
  });

  it("no test has a number that is no row", () => {
    expect([...proven("scenario")].filter((row) => !rows(scenarios).includes(row))).toEqual([]);
    expect([...proven("race")].filter((row) => !rows(races).includes(row))).toEqual([]);
  });

  it.each(
    "C2 C3 C6 H1 H2 H3 H4 H6 H14 M3 M4 M5 M6 M13 M18 M20 T1 T7 T9 gaps C1 C2 C3 C4 C5 C6 C7 C8 R1 R2 R3 R4 R5 R6 R7 R8 R9".split(
      " ",
    ),
  )("requirement or rule %s is named by a test", (id) => {
    expect(names.some((name) => new RegExp(`\\b${id}\\b`).test(name))).toBe(true);
  });
});
