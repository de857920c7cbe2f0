import { createMizan } from "@client";
import { hydrate, unmount } from "svelte";
import { describe, expect, it } from "vitest";
import { DeferredServer, pass } from "../../../../src/kernel/test/deferred-server.js";
import { profileMerge } from "../../bookshop-data.js";
import { rest, useBenches } from "../bench.svelte.js";
import AwaitedApp from "../parts/AwaitedApp.svelte";
import { servePage } from "../served-page.js";

const served = servePage("svelte-async", "AwaitedApp", 7, "async");

describe("hydration in Svelte's async mode (H4)", () => {
  useBenches();

  it("takes over what the server waited for: no mismatch, no request, and merges show", async () => {
    expect(served.observers).toBe(0);
    document.body.innerHTML = `<div id="app">${served.body}</div>${served.script}`;
    const target = document.querySelector("#app") as HTMLElement;
    const heading = target.querySelector("h1");
    const server = new DeferredServer();
    const mizan = createMizan({ baseUrl: "/api/", fetch: server.fetch, broadcast: false });
    const app = hydrate(AwaitedApp, { target, props: { mizan, id: 7 } });
    await rest();
    await pass(1000);
    await rest();
    expect(target.querySelector("h1")).toBe(heading);
    expect(heading?.textContent).toBe("success Rumi");
    mizan.merge(profileMerge("Mevlana"));
    await rest();
    expect(heading?.textContent).toBe("success Mevlana");
    expect(server.requests).toEqual([]);
    await unmount(app);
    expect(mizan.inspect().observers).toBe(0);
    mizan.destroy();
    document.body.replaceChildren();
  });
});
