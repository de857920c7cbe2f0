import { createMizan } from "@client";
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import { answering } from "../answering.js";
import AwaitedApp from "../parts/AwaitedApp.svelte";

describe("the Svelte adapter on a server in async mode", () => {
  it("waits for the data: what was looked at before is not frozen, and nobody observes (H4, H9)", async () => {
    const { fetch, paths } = answering("Rumi");
    const mizan = createMizan({ baseUrl: "https://shop.example/", fetch });
    const { body } = await render(AwaitedApp, { props: { mizan, id: 7 } });
    expect(body).toContain('data-before="loading"');
    expect(body).toContain("success Rumi");
    expect(paths).toEqual(["/ctx/user/?user_id=7"]);
    expect(mizan.inspect()).toMatchObject({ observers: 0, flights: 0, timers: 0 });
    mizan.destroy();
  });

  it("shares nothing between 100 requests that wait at once (M10)", async () => {
    const bodies = await Promise.all(
      Array.from({ length: 100 }, async (_, request) => {
        const { fetch } = answering(`reader-${request}.`);
        const mizan = createMizan({ baseUrl: "https://shop.example/", fetch });
        const { body } = await render(AwaitedApp, { props: { mizan, id: 7 } });
        mizan.destroy();
        return body;
      }),
    );
    for (const [request, body] of bodies.entries()) {
      expect(body.match(/reader-\d+\./g)).toEqual([`reader-${request}.`]);
    }
  });
});
