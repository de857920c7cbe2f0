// @vitest-environment jsdom
import { defineComponent, h, Suspense, type Component } from "vue";
import { describe, expect, it } from "vitest";
import { profileMerge } from "../bookshop-data.js";
import { openBench, takeComplaints, useBenches, type Bench } from "./bench.js";
import { generateClient } from "./generate-client.js";
import { describeUser } from "./parts.js";
import { problem, renderPage, type Rendered } from "./render-page.js";

const client = await generateClient("hydration");
const { vue } = client;

const userPage = (id: number | null) =>
  defineComponent(() => {
    const user = vue.useUserContext(() => (id === null ? null : { user_id: id }));
    const update = vue.useUpdateProfile();
    return () => h("main", [h("p", describeUser(user)), h("p", update.status.value)]);
  });

/** Takes a page over in a browser whose instance was given the server's state. */
async function takeOver(
  { html, state }: Pick<Rendered, "html" | "state">,
  page: Component,
  options: Parameters<typeof openBench>[1] = {},
): Promise<Bench & { readonly first: Element | null }> {
  const bench = openBench(client, { hydrate: state, ...options }, true);
  bench.container.innerHTML = html;
  const first = bench.container.querySelector("p");
  await bench.show(() => h(page));
  return Object.assign(bench, { first });
}

describe("H4: hydration", () => {
  useBenches();

  it("takes over the server's elements without a mismatch, a warning or a fetch, and follows from then on", async () => {
    const page = userPage(7);
    const bench = await takeOver(await renderPage(client, page), page);
    await bench.pass(1000);
    expect(bench.text).toBe("success Rumi 7 1idle");
    expect(bench.container.querySelector("p")).toBe(bench.first);
    expect(bench.server.requests).toEqual([]);
    expect(bench.observers).toBe(1);
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(bench.text).toBe("success Mevlana 1idle");
    expect(bench.container.querySelector("p")).toBe(bench.first);
  });

  it("the check itself: a page without the server's state mismatches, and that is noticed", async () => {
    const page = userPage(7);
    const { html } = await renderPage(client, page);
    const bench = await takeOver({ html, state: { mizan: 1, entries: [] } }, page);
    expect(takeComplaints().join("\n")).toMatch(/Hydration .*mismatch/);
    expect(bench.server.reads).toHaveLength(1);
  });

  it("an error is hydrated as such, and the first observer tries again", async () => {
    const page = userPage(7);
    const rendered = await renderPage(client, page, { answer: () => problem(404, "not_found") });
    expect(rendered.html).toContain("error not_found");
    const bench = await takeOver(rendered, page);
    expect(bench.container.querySelector("p")).toBe(bench.first);
    expect(bench.server.reads).toHaveLength(1);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1idle");
  });

  it("null params are idle on both sides", async () => {
    const page = userPage(null);
    const bench = await takeOver(await renderPage(client, page), page);
    expect(bench.text).toBe("idleidle");
    expect(bench.server.requests).toEqual([]);
  });

  it("old data is hydrated as it was rendered, and read once more only then", async () => {
    const page = userPage(7);
    const { html, state } = await renderPage(client, page);
    const entries = state.entries.map((entry) => ({ ...entry, age: 3_600_000 }));
    const bench = await takeOver({ html, state: { ...state, entries } }, page);
    expect(bench.container.querySelector("p")).toBe(bench.first);
    expect(bench.server.reads).toHaveLength(1);
    await bench.answerUser("Mevlana");
    expect(bench.text).toBe("success Mevlana 1idle");
  });

  it("an async setup below Suspense hydrates without a fallback", async () => {
    const Inner = defineComponent(async () => {
      const user = vue.useUserContext({ user_id: 7 });
      const { user_profile } = await user.suspense();
      return () => h("p", [user_profile.name, " ", describeUser(user)]);
    });
    const page = defineComponent(
      () => () => h(Suspense, null, { default: () => h(Inner), fallback: () => h("i", "…") }),
    );
    const bench = await takeOver(await renderPage(client, page), page);
    expect(bench.text).toBe("Rumi 7 success Rumi 7 1");
    expect(bench.container.querySelector("p")).toBe(bench.first);
    expect(bench.server.requests).toEqual([]);
  });

  it("the state that stands in the page is taken without being given", async () => {
    const page = userPage(7);
    const { html, state } = await renderPage(client, page);
    const holder = document.createElement("div");
    holder.innerHTML = client.core.renderHydrationScript(state);
    document.body.append(holder);
    const bench = openBench(client, {}, true);
    await bench.hydrate(html, () => h(page));
    holder.remove();
    expect(bench.text).toBe("success Rumi 7 1idle");
    expect(bench.server.requests).toEqual([]);
  });
});
