import { createMizan } from "@client";
import { hydrate, unmount } from "svelte";
import { describe, expect, it } from "vitest";
import { DeferredServer, pass } from "../../../../src/kernel/test/deferred-server.js";
import { profileMerge, userData } from "../../bookshop-data.js";
import { rest, useBenches } from "../bench.svelte.js";
import App from "../parts/App.svelte";
import { servePage } from "../served-page.js";

const served = servePage("svelte", "App", 7);
const failed = servePage("svelte", "App", 404);

/** Puts a page before a browser, and hydrates it. Whatever Svelte says of a mismatch fails the test. */
async function open(page: { readonly body: string; readonly script: string }, id: number) {
  document.body.innerHTML = `<div id="app">${page.body}</div>${page.script}`;
  const target = document.querySelector("#app") as HTMLElement;
  const heading = target.querySelector("h1");
  const server = new DeferredServer();
  const mizan = createMizan({ baseUrl: "/api/", fetch: server.fetch, broadcast: false });
  const app = hydrate(App, { target, props: { mizan, id } });
  const first = target.textContent ?? "";
  await rest();
  return {
    first,
    server,
    mizan,
    target,
    heading,
    async end() {
      await unmount(app);
      expect(mizan.inspect().observers).toBe(0);
      mizan.destroy();
      document.body.replaceChildren();
    },
  };
}

describe("hydration of what a server rendered with the Svelte adapter (H4)", () => {
  useBenches();

  it("takes over the markup and the data: no mismatch, no request, the same nodes", async () => {
    expect(served.observers).toBe(0);
    const page = await open(served, 7);
    expect(page.first).toContain("success Rumi");
    await pass(1000);
    expect(page.server.requests).toEqual([]);
    expect(page.target.querySelector("h1")).toBe(page.heading);
    expect(page.heading?.isConnected).toBe(true);
    expect(page.mizan.inspect().observers).toBe(2);
    page.mizan.merge(profileMerge("Mevlana"));
    await rest();
    expect(page.heading?.textContent).toBe("success Mevlana");
    expect(page.server.requests).toEqual([]);
    await page.end();
  });

  it("shows the server's error first, then tries again", async () => {
    const page = await open(failed, 404);
    expect(page.first).toContain("error not_found");
    expect(page.target.querySelector("h1")).toBe(page.heading);
    expect(page.server.reads).toHaveLength(1);
    await page.server.one.bundle(userData("Rumi"));
    await rest();
    expect(page.heading?.textContent).toBe("success Rumi");
    await page.end();
  });
});
