import { expect } from "vitest";
import { describeWire } from "../../../src/kernel/test/live/wire-cases.js";
import type { HttpServer } from "../../../src/kernel/test/live/http-server.js";
import type { CaseName, CaseResult } from "../../../src/kernel/test/live/wire-client.js";
import { launchChromium, type Chromium } from "../chromium.js";
import { serveKit } from "./site.js";

let chromium: Chromium;

// The same cases as in Node, with the client's half in a page of the server's origin.
describeWire("in Chromium", {
  async open() {
    chromium = await launchChromium();
  },
  async close() {
    await chromium.close();
    expect(chromium.errors).toEqual([]);
  },
  async run<Name extends CaseName>(name: Name, server: HttpServer): Promise<CaseResult<Name>> {
    await serveKit(server);
    const page = await chromium.open(server.origin);
    try {
      const argument = { name, baseUrl: `${server.origin}/api/` };
      const result: unknown = await page.evaluate(
        ({ name, baseUrl }) => kit.runCase<CaseName>(name, baseUrl),
        argument,
      );
      return result as CaseResult<Name>;
    } finally {
      await page.close();
    }
  },
});
