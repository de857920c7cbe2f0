import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "../chromium.js";
import { bare, exampleOf } from "./build-example.js";
import { describeExample } from "./describe-example.js";
import { backends, frameworks } from "./matrix.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const here = {
  get browser() {
    return browser;
  },
};

// Judges the specification: what fails here is a fault of the kernel, a backend or the specification, not of an adapter.
describeExample(bare, ["typescript"], here);
for (const framework of frameworks) describeExample(exampleOf(framework), backends, here);
