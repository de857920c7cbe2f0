import { createMizan, fetchUserContext, type MizanOptions } from "@client";
import { render } from "svelte/server";
import { describe, expect, it } from "vitest";
import Account from "../parts/Account.svelte";
import App from "../parts/App.svelte";
import { answering } from "../answering.js";

const serverInstance = (name: string, options: MizanOptions = {}) => {
  const { fetch, paths } = answering(name);
  return { mizan: createMizan({ baseUrl: "https://shop.example/", fetch, ...options }), paths };
};

describe("the Svelte adapter on a server", () => {
  it("renders what was prefetched, and nobody observes (H4, H9)", async () => {
    const { mizan, paths } = serverInstance("Rumi");
    await fetchUserContext({ user_id: 7 }, { mizan });
    const { body } = render(App, { props: { mizan, id: 7 } });
    expect(body).toContain("success Rumi");
    expect(body).toContain("1 Main St");
    expect(body).not.toContain("reading");
    expect(paths).toEqual(["/ctx/user/?user_id=7"]);
    expect(mizan.inspect()).toMatchObject({ observers: 0, flights: 0, timers: 0 });
    mizan.destroy();
  });

  it("renders loading what was not prefetched, and reads nothing", () => {
    const { mizan, paths } = serverInstance("Rumi");
    const { body } = render(App, { props: { mizan, id: 7 } });
    expect(body).toContain("loading");
    expect(body).toContain("reading");
    expect(paths).toEqual([]);
    expect(mizan.inspect()).toMatchObject({ observers: 0, flights: 0, timers: 0 });
    mizan.destroy();
  });

  it("renders the error of a failed prefetch", async () => {
    const { mizan } = serverInstance("nobody");
    await expect(fetchUserContext({ user_id: 404 }, { mizan })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(render(App, { props: { mizan, id: 404 } }).body).toContain("error not_found");
    mizan.destroy();
  });

  it("shares nothing between 100 requests at once (M10)", async () => {
    const pages = await Promise.all(
      Array.from({ length: 100 }, async (_, request) => {
        const { mizan, paths } = serverInstance(`reader-${request}.`);
        // All ask for the same params: only the instance tells them apart.
        await fetchUserContext({ user_id: 7 }, { mizan });
        const { body } = render(App, { props: { mizan, id: 7 } });
        const page = { body, state: JSON.stringify(mizan.dehydrate()), paths };
        mizan.destroy();
        return page;
      }),
    );
    for (const [request, { body, state, paths }] of pages.entries()) {
      for (const text of [body, state]) {
        expect(text.match(/reader-\d+\./g)).toEqual([`reader-${request}.`]);
      }
      expect(paths).toHaveLength(1);
    }
  });

  it("takes the instance from render's context as well (M10)", async () => {
    const { mizan } = serverInstance("Rumi");
    await fetchUserContext({ user_id: 7 }, { mizan });
    const context = new Map([[Symbol.for("mizan"), mizan]]);
    expect(render(Account, { props: { id: 7 }, context }).body).toContain("success Rumi");
    mizan.destroy();
  });

  it("says that the instance is missing (M10)", () => {
    expect(() => render(Account, { props: { id: 7 } }).body).toThrow(
      /Mizan: no instance\. Call setMizanContext\(mizan\) in a component above this\./,
    );
  });
});
