import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cases } from "../../src/conformance/cases.js";
import { bundleFaults } from "./planted/bundle-faults.js";
import { callFaults } from "./planted/call-faults.js";
import { readingFaults } from "./planted/reading-faults.js";
import { sessionFaults } from "./planted/session-faults.js";

const protocol = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
const page = readFileSync(new URL("../../docs/conformance.md", import.meta.url), "utf8");

describe("every case of the conformance suite", () => {
  it("has an ID of its own that begins with a section of the protocol", () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // 3.10 stands for the smaller matters 3.10 to 3.16.
    const sections = ids.map((id) => id.split("-")[0] ?? "");
    const unknown = sections.filter(
      (section) => !new RegExp(`^##+ ${section.replace(".", "\\.")}[. –-]`, "m").test(protocol),
    );
    expect(unknown).toEqual([]);
  });

  it("is found out by a planted fault", () => {
    const faults = [...readingFaults, ...bundleFaults, ...callFaults, ...sessionFaults];
    const found = new Set(faults.flatMap((fault) => fault.found));
    // Asked only where a bearer token is known: bearer.test.ts.
    const open = cases.map(({ id }) => id).filter((id) => !found.has(id) && id !== "3.7-bearer");
    expect(open).toEqual([]);
  });

  it("stands in docs/conformance.md with its sentence and how to mend it, and nothing else does", () => {
    const rows = [...page.matchAll(/^\| `([\d.]+-[a-z-]+)` +\| (.*?) +\| (.*?) +\|$/gm)].map(
      ([, id, title, mend]) => ({ id, title, mend }),
    );
    const escaped = (text: string): string => text.replaceAll("|", "\\|");
    expect(rows).toEqual(
      cases.map(({ id, title, mend }) => ({ id, title: escaped(title), mend: escaped(mend) })),
    );
  });
});
