// @vitest-environment jsdom
import { h, isProxy, isReactive, isRef, watchEffect } from "vue";
import { describe, expect, it } from "vitest";
import { profileInput, profileMerge, user, userData } from "../bookshop-data.js";
import { openBench, useBenches } from "./bench.js";
import { generateClient } from "./generate-client.js";
import { probe } from "./parts.js";

const client = await generateClient("reactivity");

describe("T2: what the composables return", () => {
  useBenches();

  it("is refs over the kernel's own objects, without a proxy at any depth", async () => {
    const bench = openBench(client);
    const page = probe(() => client.vue.useUserContext({ user_id: 7 }));
    await bench.show(() => h(page.Component));
    await bench.answerUser("Rumi");
    const { state, data } = page.current;
    expect(Object.values({ state, data }).map(isRef)).toEqual([true, true]);
    const parts = [state.value, data.value, data.value?.user_profile, data.value?.user_addresses];
    expect(parts.map((part) => isProxy(part) || isReactive(part))).toEqual(parts.map(() => false));
    expect(structuredClone(data.value)).toEqual(userData("Rumi"));
    expect(data.value).toBe(
      bench.mizan.registerContext(client.core.userContext, { user_id: 7 }).getState().data,
    );
    // What a mutation gave is no proxy either.
    const update = probe(client.vue.useUpdateProfile);
    await bench.show(() => [h(page.Component), h(update.Component)]);
    await bench.settle(() => update.current.mutate(profileInput("Mevlana")));
    await bench.settle(() => bench.server.call(0).result(user("Mevlana")));
    expect(structuredClone(update.current.data.value)).toEqual(user("Mevlana"));
  });

  it("a reader runs once for a change of what it reads, and not for others", async () => {
    const bench = openBench(client);
    const page = probe(() => {
      const context = client.vue.useUserContext({ user_id: 7 });
      const profile = client.vue.useUserProfile({ user_id: 7 });
      const addresses = client.vue.useUserAddresses({ user_id: 7 });
      const readers = {
        data: () => context.data.value,
        isFetching: () => context.isFetching.value,
        status: () => context.status.value,
        profile: () => profile.data.value,
        profileStatus: () => profile.status.value,
        addresses: () => addresses.data.value,
        list: () => context.data.value?.user_addresses,
      };
      for (const [name, read] of Object.entries(readers)) {
        watchEffect(() => void (read(), bench.notes.push(name)), { flush: "sync" });
      }
      return context;
    });
    await bench.show(() => h(page.Component));
    const ran = async (change: () => unknown): Promise<string[]> => {
      bench.notes.length = 0;
      await bench.settle(change);
      return [...bench.notes].sort();
    };
    expect(await ran(() => bench.server.one.bundle(userData("Rumi")))).toEqual(
      [...["data", "isFetching", "status", "profile", "profileStatus", "addresses", "list"]].sort(),
    );
    // `list` reads through `data`, which is a new object; the slot's composable does not run (M6).
    expect(await ran(() => bench.mizan.merge(profileMerge("Mevlana")))).toEqual([
      "data",
      "list",
      "profile",
    ]);
    expect(await ran(() => bench.mizan.invalidate("user"))).toEqual(["isFetching"]);
    expect(await ran(() => bench.server.one.bundle(userData("Mevlana")))).toEqual(["isFetching"]);
  });

  it("keeps the identity of parts that a merge does not touch", async () => {
    const bench = openBench(client);
    const page = probe(() => client.vue.useUserContext({ user_id: 7 }));
    await bench.show(() => h(page.Component));
    await bench.answerUser("Rumi");
    const before = page.current.data.value?.user_addresses;
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(page.current.data.value?.user_addresses).toBe(before);
  });

  it("gives each function of a context its own error", async () => {
    const bench = openBench(client);
    const page = probe(() => ({
      context: client.vue.useUserContext({ user_id: 7 }),
      profile: client.vue.useUserProfile({ user_id: 7 }),
      addresses: client.vue.useUserAddresses({ user_id: 7 }),
    }));
    await bench.show(() => h(page.Component));
    await bench.settle(() =>
      bench.server.one.bundle(
        { user_profile: user("Rumi") },
        { errors: { user_addresses: { status: 403, code: "forbidden", title: "No" } } },
      ),
    );
    const { context, profile, addresses } = page.current;
    expect([profile.status.value, profile.error.value, profile.data.value?.name]).toEqual([
      "success",
      undefined,
      "Rumi",
    ]);
    expect([addresses.status.value, addresses.error.value?.code, addresses.data.value]).toEqual([
      "error",
      "forbidden",
      undefined,
    ]);
    expect(context.error.value?.code).toBe("forbidden");
    expect(context.data.value).toEqual({ user_profile: user("Rumi") });
    await bench.settle(() => void addresses.refetch());
    await bench.answerUser("Rumi");
    expect([addresses.status.value, addresses.error.value]).toEqual(["success", undefined]);
  });

  it("M15: a mutation's members can be used unbound, and two components do not share one's state", async () => {
    const bench = openBench(client);
    const [one, other] = [
      probe(client.vue.useUpdateProfile),
      probe(client.vue.useUpdateProfile),
    ] as const;
    await bench.show(() => [h(one.Component), h(other.Component)]);
    const { mutate, reset, status } = one.current;
    await bench.settle(() => mutate(profileInput("A")));
    expect([status.value, other.current.status.value]).toEqual(["pending", "idle"]);
    await bench.settle(() => reset());
    expect(status.value).toBe("idle");
    // What was sent goes on, and shows no more.
    await bench.settle(() => bench.server.call(0).result(user("A")));
    expect(status.value).toBe("idle");
  });

  it("M15: mutate never rejects, and a state narrows by its status", async () => {
    const bench = openBench(client);
    const order = probe(client.vue.usePlaceOrder);
    await bench.show(() => h(order.Component));
    expect(order.current.mutate({ user_id: 7, lines: [] })).toBeUndefined();
    await bench.settle();
    await bench.settle(() =>
      bench.server.call(0).problem(409, "out_of_stock", { data: { book_id: "b", left: 2 } }),
    );
    const state = order.current.state.value;
    const left =
      state.status === "error" && state.error.code === "out_of_stock" && state.error.data.left;
    expect(left).toBe(2);
  });

  it("M15: two calls of one component are pending until both are settled, and the last one's outcome shows", async () => {
    const bench = openBench(client);
    const update = probe(client.vue.useUpdateProfile);
    await bench.show(() => h(update.Component));
    await bench.settle(() => {
      update.current.mutate(profileInput("A"));
      update.current.mutate(profileInput("B"));
    });
    await bench.settle(() => bench.server.call(1).result(user("B")));
    expect(update.current.status.value).toBe("pending");
    await bench.settle(() => bench.server.call(0).result(user("A")));
    expect([update.current.status.value, update.current.data.value?.name]).toEqual([
      "success",
      "B",
    ]);
  });
});
