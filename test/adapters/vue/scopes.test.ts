// @vitest-environment jsdom
import { createPinia, defineStore } from "pinia";
import {
  createApp,
  defineComponent,
  effectScope,
  h,
  inject,
  KeepAlive,
  nextTick,
  ref,
  type InjectionKey,
} from "vue";
import { describe, expect, expectTypeOf, it, vi } from "vitest";
import type { Kernel } from "@client";
import type { mizanKey as MizanKey } from "@client/vue";
import { profileInput, profileMerge, user } from "../bookshop-data.js";
import { openBench, useBenches } from "./bench.js";
import { generateClient } from "./generate-client.js";
import { partsOf, probe } from "./parts.js";

const client = await generateClient("scopes");

describe("M8: the plugin and its key", () => {
  useBenches();

  it("the key is exported, typed, and the same for a module that was loaded anew", async () => {
    expectTypeOf<typeof MizanKey>().toEqualTypeOf<InjectionKey<Kernel>>();
    const again = await generateClient("scopes-again");
    expect(again.vue.mizanKey).toBe(client.vue.mizanKey);
    const bench = openBench(client);
    const page = probe(() => [inject(client.vue.mizanKey), client.vue.useMizan()]);
    await bench.show(() => h(page.Component));
    expect(page.current).toEqual([bench.mizan, bench.mizan]);
  });

  it("an instance can be provided by the key, without the plugin", async () => {
    const bench = openBench(client);
    const { User } = partsOf(bench);
    const app = createApp(() => h(User, { id: 7 }));
    app.provide(client.vue.mizanKey, bench.mizan).mount(document.createElement("div"));
    await bench.settle();
    expect(bench.reads).toEqual(["ctx/user/?user_id=7"]);
    app.unmount();
    expect(bench.observers).toBe(0);
  });

  it("without an instance the message says what is missing", () => {
    let message = "";
    const app = createApp(() => null);
    app.runWithContext(() => {
      try {
        client.vue.useUserContext({ user_id: 7 });
      } catch (error) {
        message = String(error);
      }
    });
    expect(message).toBe(
      "Error: Mizan: no instance. Is app.use(createMizan()) missing? Outside of setup() pass { mizan }.",
    );
    expect(() => client.vue.useUpdateProfile()).toThrow("Mizan: no instance");
  });

  it("an app that is unmounted destroys its instance", async () => {
    const bench = openBench(client);
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.mizan.inspect()).toMatchObject({ observers: 1, flights: 1 });
    await bench.unmount();
    expect(bench.mizan.inspect()).toMatchObject({ observers: 0, flights: 0 });
    expect(vi.getTimerCount()).toBe(0);
    expect(bench.server.aborted).toBe(1);
  });

  it("an instance of two apps lives as long as one of them", async () => {
    const bench = openBench(client);
    const { Name } = partsOf(bench);
    const island = createApp(Name).use(bench.plugin);
    island.mount(document.createElement("div"));
    await bench.show(() => h(Name));
    island.unmount();
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("Rumi");
    expect(bench.observers).toBe(1);
    await bench.unmount();
    expect(bench.mizan.inspect().observers).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("two instances on one page share nothing", async () => {
    const [one, other] = [openBench(client), openBench(client)];
    await one.show(() => h(partsOf(one).User, { id: 7 }));
    await other.show(() => h(partsOf(other).User, { id: 7 }));
    await one.answerUser("Rumi");
    expect([one.text, other.text]).toEqual(["success Rumi 1", "loading fetching"]);
  });
});

describe("T2: where composables can be called, and when they end", () => {
  useBenches();

  it("in an effectScope, which ends them", async () => {
    const bench = openBench(client);
    const scope = effectScope();
    const user = scope.run(() => client.vue.useUserContext({ user_id: 7 }, bench.plugin));
    await bench.settle();
    await bench.answerUser("Rumi");
    expect(user?.data.value?.user_profile?.name).toBe("Rumi");
    expect(bench.observers).toBe(1);
    scope.stop();
    expect(bench.observers).toBe(0);
  });

  it("an effectScope that ends in the tick of a change follows no more", async () => {
    const bench = openBench(client);
    const id = ref(7);
    const scope = effectScope();
    scope.run(() => client.vue.useUserContext(() => ({ user_id: id.value }), bench.plugin));
    await bench.settle();
    id.value = 8;
    await nextTick();
    scope.stop();
    await bench.settle();
    expect(bench.observers).toBe(0);
    expect(bench.reads).toEqual(["ctx/user/?user_id=7"]);
  });

  it("in app.runWithContext, where the instance is the app's", async () => {
    const bench = openBench(client);
    await bench.show(() => null);
    const scope = effectScope();
    bench.app.runWithContext(() => scope.run(() => client.vue.useUserContext({ user_id: 7 })));
    await bench.settle();
    expect(bench.reads).toEqual(["ctx/user/?user_id=7"]);
    scope.stop();
    expect(bench.observers).toBe(0);
  });

  it("outside of everything, with { mizan }", async () => {
    const bench = openBench(client);
    const { mizan } = bench;
    const profile = client.vue.useUserProfile({ user_id: 7 }, { mizan });
    const update = client.vue.useUpdateProfile({ mizan });
    await bench.settle();
    await bench.answerUser("Rumi");
    expect(profile.data.value?.name).toBe("Rumi");
    await bench.settle(() => update.mutate(profileInput("Mevlana")));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect([update.status.value, profile.data.value?.name]).toEqual(["success", "Mevlana"]);
  });

  it("in a Pinia store, which outlives the component that made it", async () => {
    const bench = openBench(client);
    bench.app.use(createPinia());
    const useUser = defineStore("user", () => {
      const id = ref(7);
      const { data, status } = client.vue.useUserContext(() => ({ user_id: id.value }));
      return { id, data, status };
    });
    const page = probe(useUser);
    await bench.show(() => h(page.Component));
    await bench.answerUser("Rumi");
    expect(page.current.data?.user_profile?.name).toBe("Rumi");
    expect(structuredClone(page.current.data?.user_profile)).toEqual(user("Rumi"));
    await bench.show(() => null);
    await bench.settle(() => (page.current.id = 8));
    await bench.answerUser("Shams");
    expect(page.current.data?.user_profile?.name).toBe("Shams");
    page.current.$dispose();
    expect(bench.observers).toBe(0);
  });

  it("a Pinia store that a kept-alive component made goes on while that is hidden", async () => {
    const bench = openBench(client);
    bench.app.use(createPinia());
    const id = ref(7);
    const useUser = defineStore("kept", () =>
      client.vue.useUserContext(() => ({ user_id: id.value })),
    );
    const page = probe(useUser);
    const isShown = ref(true);
    await bench.show(() => h(KeepAlive, () => (isShown.value ? h(page.Component) : h("i"))));
    await bench.answerUser("Rumi");
    await bench.settle(() => (isShown.value = false));
    await bench.settle(() => (id.value = 8));
    await bench.answerUser("Shams");
    expect(page.current.data?.user_profile?.name).toBe("Shams");
  });

  it("a mutation's subscription ends with its scope, its call does not", async () => {
    const bench = openBench(client);
    const scope = effectScope();
    const update = scope.run(() => client.vue.useUpdateProfile(bench.plugin))!;
    await bench.settle(() => update.mutate(profileInput("A")));
    scope.stop();
    await bench.settle(() => bench.server.call(0).result(user("A")));
    expect(update.status.value).toBe("pending");
  });

  it("nothing observes after a thousand mounts and unmounts, and nothing is left in their scopes", async () => {
    const bench = openBench(client);
    const { User, Profile } = partsOf(bench);
    const count = ref(0);
    await bench.show(() => [
      h(User, { id: 7, key: count.value }),
      h(Profile, { key: -1 - count.value }),
    ]);
    await bench.answerUser("Rumi");
    for (let round = 0; round < 500; round++) {
      count.value++;
      await nextTick();
    }
    expect(bench.observers).toBe(2);
    await bench.show(() => null);
    expect(bench.observers).toBe(0);
    expect(bench.server.reads).toHaveLength(1);
  });
});

describe("T2: below KeepAlive", () => {
  useBenches();

  /** A page below KeepAlive whose params are those of the address, as a router gives them. */
  function router(bench: ReturnType<typeof openBench>) {
    const address = ref<{ readonly page: "user" | "other"; readonly id: number | undefined }>({
      page: "user",
      id: 7,
    });
    const Page = defineComponent(() => {
      const { data, status } = client.vue.useUserContext(() => ({
        user_id: address.value.id as number,
      }));
      return () => h("p", `${status.value} ${data.value?.user_profile?.name ?? ""}`);
    });
    const content = () =>
      h(KeepAlive, () => (address.value.page === "user" ? h(Page) : h("i", "other")));
    return { address, show: () => bench.show(content) };
  }

  it("a hidden page follows no params: those of the next page are never read as its own", async () => {
    const bench = openBench(client);
    const { address, show } = router(bench);
    await show();
    await bench.answerUser("Rumi");
    await bench.settle(() => (address.value = { page: "other", id: undefined }));
    expect(bench.text).toBe("other");
    await bench.settle(() => (address.value = { page: "other", id: 9 }));
    expect(bench.reads).toEqual(["ctx/user/?user_id=7"]);
    await bench.settle(() => (address.value = { page: "user", id: 7 }));
    expect(bench.text).toBe("success Rumi");
    expect(bench.reads).toEqual(["ctx/user/?user_id=7"]);
    await bench.settle(() => (address.value = { page: "other", id: undefined }));
    await bench.settle(() => (address.value = { page: "user", id: 8 }));
    expect(bench.text).toBe("loading ");
    expect(bench.reads).toEqual(["ctx/user/?user_id=7", "ctx/user/?user_id=8"]);
    await bench.answerUser("Shams");
    expect(bench.text).toBe("success Shams");
    expect(bench.observers).toBe(1);
  });

  it("a page that comes back shows the newest", async () => {
    const bench = openBench(client);
    const { address, show } = router(bench);
    await show();
    await bench.answerUser("Rumi");
    await bench.settle(() => (address.value = { page: "other", id: undefined }));
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    await bench.settle(() => (address.value = { page: "user", id: 7 }));
    expect(bench.text).toBe("success Mevlana");
    expect(bench.server.reads).toHaveLength(1);
  });

  it("a page that is hidden longer than gcTime still shows its data", async () => {
    const bench = openBench(client, { gcTime: 1000, staleTime: Infinity });
    const { address, show } = router(bench);
    await show();
    await bench.answerUser("Rumi");
    await bench.settle(() => (address.value = { page: "other", id: undefined }));
    await bench.pass(60_000);
    await bench.settle(() => (address.value = { page: "user", id: 7 }));
    expect(bench.text).toBe("success Rumi");
    await bench.show(() => null);
    expect(bench.observers).toBe(0);
  });
});
