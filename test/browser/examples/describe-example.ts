import { rmSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildExample, checkExample, type Builds, type Example } from "./build-example.js";
import { Site } from "./site.js";
import { changingStories } from "./stories/changing.js";
import { pageStories } from "./stories/page.js";
import { readingStories } from "./stories/reading.js";
import { sessionStories } from "./stories/session.js";

/** The specification of the example apps (`examples/README.md`), for one of them on each of these backends. Built once. */
export function describeExample(
  example: Example,
  backends: readonly string[],
  here: { readonly browser: Browser },
): void {
  describe(`A4 T10 the ${example.name} example`, () => {
    let builds: Builds;
    beforeAll(async () => {
      builds = await buildExample(example);
    });
    afterAll(() => rmSync(builds.folder, { recursive: true, force: true }));
    it("H16: its sources fit the client that was generated for it", () => checkExample(example));
    // The backends beside one another, for they share nothing; on each of them one story after the other, for they share its data.
    describe.concurrent.each(backends)("on %s", (backend) => {
      describe.sequential("in Chromium", () => {
        let site: Site;
        beforeAll(async () => {
          site = await Site.open(example.name, backend, here.browser, builds);
        });
        afterAll(() => site.close());
        beforeEach(() => site.reset());
        afterEach(async () => {
          expect(await site.clear()).toEqual([]);
        });
        const there = {
          get site() {
            return site;
          },
        };
        readingStories(there);
        changingStories(there);
        sessionStories(there);
        pageStories(there);
      });
    });
  });
}
