import { describe, expect, it } from "vitest";
import { cases } from "../../src/conformance/cases.js";
import { renderText } from "../../src/conformance/report/render-text.js";
import { bundleFaults } from "./planted/bundle-faults.js";
import { callFaults } from "./planted/call-faults.js";
import { readingFaults } from "./planted/reading-faults.js";
import { sessionFaults } from "./planted/session-faults.js";
import { startProxy, type Fault } from "./planted/proxy.js";
import { runSuite } from "./run-suite.js";
import { startShelfServer } from "./shelf/shelf-server.js";

const faults: readonly Fault[] = [
  ...readingFaults,
  ...bundleFaults,
  ...callFaults,
  ...sessionFaults,
];

describe("the conformance suite against a server that breaks one rule", () => {
  for (const fault of faults) {
    it(`finds that ${fault.name}, by ${fault.found.join(", ")} and by nothing else`, async () => {
      const server = await startShelfServer();
      const proxy = await startProxy(server.url, fault);
      try {
        const report = await runSuite(proxy.url);
        expect(proxy.failures).toEqual([]);
        const failed = report.cases.filter(({ status }) => status === "failed").map(({ id }) => id);
        const text = renderText(report, { color: false, verbose: false, quiet: true });
        expect(failed.sort(), text).toEqual([...fault.found].sort());
      } finally {
        await proxy.close();
        await server.close();
      }
    });
  }

  it("has a fault planted for every case", () => {
    const found = new Set(faults.flatMap((fault) => fault.found));
    // Asked only of servers that know bearer tokens; its own test stands in bearer.test.ts.
    const open = cases.map(({ id }) => id).filter((id) => !found.has(id) && id !== "3.7-bearer");
    expect(open).toEqual([]);
  });
});
