import { h, shallowRef } from "vue";
import { expect } from "vitest";
import { profileMerge, user, userData } from "../bookshop-data.js";
import { partsOf, probe } from "./parts.js";
import type { Proof } from "./proof.js";

const gcTime = 5 * 60_000;

/** How reads prove what every adapter does. */
export const readProofs = {
  async "a mount reads once: loading, then the data"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.text).toBe("loading fetching");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.reads).toEqual(["ctx/user/?user_id=7"]);
    expect(bench.notes).toEqual(["7: loading fetching", "7: success Rumi 1"]);
  },

  async "equal params in a new object, and in another order, read no more"(open) {
    const bench = open();
    const turned = shallowRef(false);
    const orders = probe(
      () =>
        bench.client.vue.useOrdersContext(() =>
          turned.value
            ? { status: "paid", user_id: 7 }
            : { user_id: 7, status: "paid", cursor: undefined },
        ),
      ({ status }) => status.value,
    );
    await bench.show(() => h(orders.Component));
    for (const value of [true, false, true]) {
      await bench.settle(() => (turned.value = value));
    }
    expect(bench.server.reads).toHaveLength(1);
    await bench.settle(() =>
      bench.server.one.bundle({ user_orders: { items: [], next_cursor: null } }),
    );
    await bench.settle(() => (turned.value = false));
    expect(bench.text).toBe("success");
    expect(bench.server.reads).toHaveLength(1);
    expect(bench.observers).toBe(1);
  },

  async "other params read exactly once more, and never show old data as theirs"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.show(() => h(User, { id: 8 }));
    expect(bench.text).toBe("loading fetching");
    expect(bench.reads).toEqual(["ctx/user/?user_id=7", "ctx/user/?user_id=8"]);
    await bench.answerUser("Shams");
    expect(bench.text).toBe("success Shams 1");
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads).toHaveLength(2);
    expect(bench.notes.filter((note) => /^8.*Rumi|^7.*Shams/.test(note))).toEqual([]);
    expect(bench.observers).toBe(1);
  },

  async "params that come back before anything was answered reuse the read under way"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    for (const id of [7, 8, 7]) await bench.show(() => h(User, { id }));
    expect(bench.reads.filter((path) => path.endsWith("=7"))).toHaveLength(1);
    await bench.answerUser("Rumi", bench.server.read(0));
    expect(bench.text).toBe("success Rumi 1");
  },

  async "null params are idle until they are known, and read nothing"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: null }));
    await bench.pass(60_000);
    expect(bench.text).toBe("idle");
    expect(bench.server.requests).toEqual([]);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], observers: 0, timers: 0 });
    await bench.show(() => h(User, { id: 7 }));
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
    await bench.show(() => h(User, { id: null }));
    expect(bench.text).toBe("idle");
    expect(bench.observers).toBe(0);
  },

  async "two components of one context share one request (M6)"(open) {
    const bench = open();
    const { Name, Profile, Addresses, User } = partsOf(bench);
    await bench.show(() => [h(Name), h(User, { id: 7 }), h(Profile), h(Addresses)]);
    expect(bench.observers).toBe(4);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe(
      "Rumisuccess Rumi 1profile success Rumi; addresses success 1 Main St; ",
    );
    expect(bench.server.reads).toHaveLength(1);
  },

  async "after an unmount nobody observes, and the entry is gone after gcTime"(open) {
    const bench = open({ gcTime });
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.show(() => null);
    expect(bench.observers).toBe(0);
    await bench.pass(gcTime - 1000);
    expect(bench.mizan.inspect().entries).toHaveLength(1);
    await bench.pass(2000);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], timers: 0 });
  },

  async "an unmount ends the first read; a remount at once joins it"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.show(() => null);
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.server.reads).toHaveLength(1);
    await bench.show(() => null);
    await bench.pass(1000);
    expect(bench.server.aborted).toBe(1);
    expect(bench.mizan.inspect().flights).toBe(0);
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.text).toBe("loading fetching");
    expect(bench.server.reads).toHaveLength(2);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
  },

  async "a remount within gcTime shows the data at once and reads no more"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.show(() => null);
    bench.notes.length = 0;
    await bench.pass(30_000);
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.notes).toEqual(["7: success Rumi 1"]);
    expect(bench.server.reads).toHaveLength(1);
  },

  async "an invalidation reads exactly once more and keeps the data on screen"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.settle(() => {
      bench.mizan.invalidate("user", { user_id: 7 });
      bench.mizan.invalidate("user");
      bench.mizan.invalidate("user", { user_id: 8 });
    });
    expect(bench.text).toBe("success stale fetching Rumi 1");
    expect(bench.server.reads).toHaveLength(2);
    await bench.answerUser("Mevlana");
    expect(bench.text).toBe("success Mevlana 1");
    expect(bench.server.reads).toHaveLength(2);
  },

  async "a merge of another slot leaves the reader of a slot alone"(open) {
    const bench = open();
    const { Profile, Addresses } = partsOf(bench);
    await bench.show(() => [h(Profile), h(Addresses)]);
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(bench.notes).toEqual(["profile success Mevlana"]);
    expect(bench.text).toBe("profile success Mevlana; addresses success 1 Main St; ");
  },

  async "a refetch with an equal answer leaves a reader of data alone"(open) {
    const bench = open();
    const { Name } = partsOf(bench);
    await bench.show(() => h(Name));
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.invalidate("user"));
    await bench.answerUser("Rumi");
    expect(bench.server.reads).toHaveLength(2);
    expect(bench.notes).toEqual([]);
    await bench.settle(() => bench.mizan.invalidate("user"));
    await bench.answerUser("Mevlana");
    expect(bench.notes).toEqual(["Mevlana"]);
  },

  async "a reader of isFetching follows it"(open) {
    const bench = open();
    const { Spinner } = partsOf(bench);
    await bench.show(() => h(Spinner));
    expect(bench.text).toBe("busy");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("still");
    await bench.settle(() => bench.mizan.invalidate("user"));
    expect(bench.text).toBe("busy");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("still");
  },

  async "a failed first load is an error with its code, and refetch tries again"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const read = probe(() => bench.client.vue.useUserContext({ user_id: 7 }));
    await bench.show(() => [h(User, { id: 7 }), h(read.Component)]);
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
    expect(bench.text).toBe("error not_found");
    expect(bench.server.reads).toHaveLength(1);
    let settled: unknown = "pending";
    await bench.settle(() => void read.current.refetch().then((value) => (settled = value)));
    expect(bench.server.reads).toHaveLength(2);
    expect(settled).toBe("pending");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
    expect(settled).toBeUndefined();
  },

  async "a failed refetch keeps the data and shows the error"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.settle(() => bench.mizan.invalidate("user"));
    await bench.settle(() => bench.server.one.problem(403, "forbidden"));
    expect(bench.text).toBe("error stale Rumi 1 forbidden");
  },

  async "one function that fails leaves the others their values"(open) {
    const bench = open();
    const { Profile, Addresses } = partsOf(bench);
    await bench.show(() => [h(Profile), h(Addresses)]);
    await bench.settle(() =>
      bench.server.one.bundle(
        { user_profile: user("Rumi") },
        { errors: { user_addresses: { status: 403, code: "forbidden", title: "No" } } },
      ),
    );
    expect(bench.text).toBe("profile success Rumi; addresses error forbidden; ");
  },

  async "prefetch reads ahead, and the mount reads no more"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const read = bench.client.core.fetchUserContext({ user_id: 7 }, { mizan: bench.mizan });
    await bench.settle();
    await bench.answerUser("Rumi");
    await read;
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.notes).toEqual(["7: success Rumi 1"]);
    expect(bench.server.reads).toHaveLength(1);
  },

  async "hydrated data shows in the first frame and is not read (H4)"(open) {
    const server = open({ server: true });
    const read = server.client.core.fetchUserContext({ user_id: 7 }, { mizan: server.mizan });
    await server.settle();
    await server.answerUser("Rumi");
    await read;
    const hydrate = JSON.parse(JSON.stringify(server.mizan.dehydrate())) as ReturnType<
      typeof server.mizan.dehydrate
    >;
    const bench = open({ hydrate });
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    expect(bench.notes).toEqual(["7: success Rumi 1"]);
    await bench.pass(1000);
    expect(bench.server.requests).toEqual([]);
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(bench.text).toBe("success Mevlana 1");
  },

  async "a change of identity shows nothing of the one before"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(() => h(User, { id: 7 }));
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.reset());
    expect(bench.text).toBe("loading fetching");
    await bench.settle(() => bench.server.one.bundle(userData("Shams")));
    expect(bench.text).toBe("success Shams 1");
    expect(bench.notes.filter((note) => note.includes("Rumi"))).toEqual([]);
  },
} satisfies Readonly<Record<string, Proof>>;
