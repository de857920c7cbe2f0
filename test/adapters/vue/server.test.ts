import { createPinia, defineStore } from "pinia";
import { createSSRApp, defineComponent, effectScope, h, Suspense } from "vue";
import { renderToString } from "vue/server-renderer";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { describeUser } from "./parts.js";
import { generateClient } from "./generate-client.js";
import { backend, problem, renderPage } from "./render-page.js";

// Without a document, as on a server: no jsdom here.
const client = await generateClient("server");
const { vue } = client;

let complaints: unknown[][] = [];
beforeEach(() => {
  complaints = [];
  for (const level of ["error", "warn", "info", "log"] as const) {
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => void complaints.push(args));
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(complaints).toEqual([]);
});

const userPage = (id: number | null) =>
  defineComponent(() => {
    const user = vue.useUserContext(() => (id === null ? null : { user_id: id }));
    return () => h("p", describeUser(user));
  });

describe("M9: on a server", () => {
  it("knows that it is one, and renderToString waits for what the composables need", async () => {
    const { html, mizan, state, requests } = await renderPage(client, userPage(7), {
      server: undefined,
    });
    expect(mizan.isServer).toBe(true);
    expect(html).toBe("<p>success Rumi 7 1</p>");
    expect(requests).toEqual(["ctx/user/?user_id=7"]);
    expect(state.entries).toHaveLength(1);
  });

  it("components of one context share a read, slots among them, and those of others read at once", async () => {
    const Page = defineComponent(() => {
      const profile = vue.useUserProfile({ user_id: 7 });
      const addresses = vue.useUserAddresses({ user_id: 7 });
      const other = vue.useUserContext({ user_id: 8 });
      return () => [
        h("p", profile.data.value?.name),
        h("p", addresses.data.value?.length),
        h("p", describeUser(other)),
      ];
    });
    const { html, requests } = await renderPage(client, Page);
    expect(html).toBe("<!--[--><p>Rumi 7</p><p>1</p><p>success Rumi 8 1</p><!--]-->");
    expect(requests).toEqual(["ctx/user/?user_id=7", "ctx/user/?user_id=8"]);
  });

  it("keeps no observer, timer or scope afterwards", async () => {
    const timers = vi.spyOn(globalThis, "setTimeout");
    const Page = defineComponent(() => {
      const user = vue.useUserContext({ user_id: 7 });
      const update = vue.useUpdateProfile();
      return () => h("p", [describeUser(user), update.status.value]);
    });
    const { html, mizan } = await renderPage(client, Page, { timeout: Infinity });
    expect(html).toContain("Rumi 7");
    expect(mizan.inspect()).toMatchObject({ observers: 0, flights: 0, timers: 0 });
    expect(timers).not.toHaveBeenCalled();
  });

  it("null params do not hang the page, and are rendered as idle", async () => {
    const { html, requests, state } = await renderPage(client, userPage(null));
    expect(html).toBe("<p>idle</p>");
    expect(requests).toEqual([]);
    expect(state.entries).toEqual([]);
  });

  it("an error is state: the page is rendered with it, and it travels", async () => {
    const { html, state } = await renderPage(client, userPage(7), {
      answer: () => problem(404, "not_found"),
    });
    expect(html).toBe("<p>error not_found</p>");
    expect(state.entries).toMatchObject([{ context: "user", error: { code: "not_found" } }]);
  });

  it("async setup below Suspense awaits the data once, together with the prefetch", async () => {
    const Inner = defineComponent(async () => {
      const user = vue.useUserContext({ user_id: 7 });
      const { user_profile } = await user.suspense();
      return () => h("p", [user_profile.name, " ", describeUser(user)]);
    });
    const Page = defineComponent(() => () => h(Suspense, null, { default: () => h(Inner) }));
    const { html, requests } = await renderPage(client, Page);
    expect(html).toBe("<p>Rumi 7 success Rumi 7 1</p>");
    expect(requests).toHaveLength(1);
  });

  it("suspense() of null params says what is wrong, where it could only wait for ever", async () => {
    let message = "";
    const Page = defineComponent(async () => {
      const user = vue.useUserContext(() => null);
      await user.suspense().catch((error: unknown) => (message = String(error)));
      return () => h("p", describeUser(user));
    });
    const { html } = await renderPage(client, Page);
    expect(html).toBe("<p>idle</p>");
    expect(message).toContain("on a server needs params that are known");
  });

  it("a context that depends on another one is read after it", async () => {
    const Inner = defineComponent(
      (props: { readonly id: number }) => {
        const user = vue.useUserContext(() => ({ user_id: props.id }));
        return () => h("i", describeUser(user));
      },
      { props: ["id"] },
    );
    const Page = defineComponent(() => {
      const first = vue.useUserProfile({ user_id: 7 });
      return () => first.data.value && h("p", [h(Inner, { id: first.data.value.id + 1 })]);
    });
    const { html, requests } = await renderPage(client, Page);
    expect(html).toBe("<p><i>success Rumi 8 1</i></p>");
    expect(requests).toEqual(["ctx/user/?user_id=7", "ctx/user/?user_id=8"]);
  });

  it("params that come out of another context of the same component are read as well", async () => {
    const Page = defineComponent(() => {
      const first = vue.useUserProfile({ user_id: 7 });
      const next = vue.useUserContext(() => {
        const id = first.data.value?.id;
        return id === undefined ? null : { user_id: id + 1 };
      });
      const last = vue.useUserContext(() => ({
        user_id: (next.data.value?.user_profile?.id ?? 0) + 1,
      }));
      return () => h("p", [describeUser(next), " ", describeUser(last)]);
    });
    const { html, requests } = await renderPage(client, Page);
    expect(html).toBe("<p>success Rumi 8 1 success Rumi 9 1</p>");
    expect(requests).toEqual([
      "ctx/user/?user_id=7",
      "ctx/user/?user_id=1",
      "ctx/user/?user_id=8",
      "ctx/user/?user_id=9",
    ]);
  });

  it("params that change in an awaited setup are those that are rendered", async () => {
    const Page = defineComponent(async () => {
      let id = 7;
      const user = vue.useUserContext(() => ({ user_id: id }));
      await user.suspense();
      id = 8;
      await user.suspense();
      return () => h("p", describeUser(user));
    });
    expect((await renderPage(client, Page)).html).toBe("<p>success Rumi 8 1</p>");
  });

  it("a Pinia store that a component makes is awaited with it", async () => {
    const requests: string[] = [];
    const plugin = vue.createMizan({
      baseUrl: "https://shop.example/api/",
      fetch: backend(requests),
    });
    const useUser = defineStore("user", () => vue.useUserContext({ user_id: 7 }));
    const Page = defineComponent(() => {
      const user = useUser();
      return () => h("p", user.data?.user_profile?.name);
    });
    const html = await renderToString(createSSRApp(Page).use(createPinia()).use(plugin));
    expect(html).toBe("<p>Rumi 7</p>");
    expect(plugin.mizan.inspect().observers).toBe(0);
  });

  it("a composable in an effectScope of nobody's reads nothing there", async () => {
    const requests: string[] = [];
    const { mizan } = vue.createMizan({
      baseUrl: "https://shop.example/api/",
      fetch: backend(requests),
    });
    const user = effectScope().run(() => vue.useUserContext({ user_id: 7 }, { mizan }));
    expect(user?.status.value).toBe("loading");
    expect(mizan.inspect().observers).toBe(0);
    expect((await user?.suspense())?.user_profile.name).toBe("Rumi 7");
    expect(user?.status.value).toBe("success");
  });

  it("100 requests at once share nothing: each page is of its own user, whatever the order of the answers", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    const waiting: (() => void)[] = [];
    const pages = ids.map(async (id) => {
      const requests: string[] = [];
      const answer = backend(requests);
      const turn = new Promise<void>((resolve) => waiting.push(resolve));
      const plugin = vue.createMizan({
        baseUrl: "https://shop.example/api/",
        headers: { Authorization: `Bearer ${id}` },
        fetch: async (url, init) => {
          await turn;
          const { authorization } = Object.fromEntries(new Headers(init.headers));
          const asked = Number(/user_id=(\d+)/.exec(url)?.[1]);
          // Whoever asks with somebody else's credentials gets nothing.
          return authorization === `Bearer ${asked}` ? answer(url) : problem(403, "forbidden");
        },
      });
      const html = await renderToString(createSSRApp(userPage(id)).use(plugin));
      return { id, html, requests, state: plugin.mizan.dehydrate() };
    });
    // The last one first, and all renders under way before the first answer.
    await vi.waitFor(() => expect(waiting).toHaveLength(100));
    for (const next of waiting.reverse()) next();
    for (const { id, html, requests, state } of await Promise.all(pages)) {
      expect(html).toBe(`<p>success Rumi ${id} 1</p>`);
      expect(requests).toEqual([`ctx/user/?user_id=${id}`]);
      expect(state.entries.map(({ params }) => params)).toEqual([{ user_id: id }]);
    }
  });
});
