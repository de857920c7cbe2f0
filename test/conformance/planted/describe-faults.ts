import { describe, expect, it } from "vitest";
import { renderText } from "../../../src/conformance/report/render-text.js";
import { runSuite } from "../run-suite.js";
import { startShelfServer } from "../shelf/shelf-server.js";
import { startProxy, type Fault } from "./proxy.js";

/** One test for each fault: the suite finds it by the cases that it names, and by no other. */
export function describeFaults(what: string, faults: readonly Fault[]): void {
  describe(`the conformance suite against a server that breaks one rule of ${what}`, () => {
    for (const fault of faults) {
      it(`finds that ${fault.name}, by ${fault.found.join(", ")} and by nothing else`, async () => {
        const server = await startShelfServer();
        const proxy = await startProxy(server.url, fault);
        try {
          const report = await runSuite(proxy.url);
          expect(proxy.failures).toEqual([]);
          const failed = report.cases
            .filter(({ status }) => status === "failed")
            .map(({ id }) => id);
          const text = renderText(report, { color: false, verbose: false, quiet: true });
          expect(failed.sort(), text).toEqual([...fault.found].sort());
        } finally {
          await proxy.close();
          await server.close();
        }
      });
    }
  });
}
