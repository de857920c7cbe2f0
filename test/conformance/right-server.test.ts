import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderText } from "../../src/conformance/report/render-text.js";
import type { ConformanceReport } from "../../src/conformance/report.js";
import { runSuite } from "./run-suite.js";
import { startShelfServer, type ShelfServer } from "./shelf/shelf-server.js";

describe("the conformance suite against a server that keeps to the protocol", () => {
  let server: ShelfServer;
  let report: ConformanceReport;

  beforeAll(async () => {
    server = await startShelfServer();
    report = await runSuite(server.url);
  });
  afterAll(() => server.close());

  it("finds nothing", () => {
    const failed = report.cases.filter(({ status }) => status === "failed");
    expect(
      failed.map(({ id }) => id),
      renderText(report, { color: false, verbose: false, quiet: false }),
    ).toEqual([]);
  });

  it("runs every case but those that this server has no occasion for", () => {
    const open = report.cases.filter(({ status }) => status === "not-run").map(({ id }) => id);
    expect(open).toEqual(["3.7-bearer"]);
  });
});
