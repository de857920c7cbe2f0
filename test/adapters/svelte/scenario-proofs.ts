import { expect } from "vitest";
import type { Scenario } from "../scenarios.js";
import { fetchUserContext, userContext } from "@client";
import { useUpdateProfile, useUserContext } from "@client/svelte";
import { profileInput, profileMerge, user, userData } from "../bookshop-data.js";
import { openBench as open, part } from "./bench.svelte.js";
import Addresses from "./parts/Addresses.svelte";
import Name from "./parts/Name.svelte";
import Order from "./parts/Order.svelte";
import Orders from "./parts/Orders.svelte";
import Profile from "./parts/Profile.svelte";
import Spinner from "./parts/Spinner.svelte";
import Update from "./parts/Update.svelte";
import User from "./parts/User.svelte";
import { probe } from "./probe.js";

const gcTime = 5 * 60_000;

/** How Svelte proves what every adapter does. */
export const proofs: Readonly<Record<Scenario, () => Promise<void>>> = {
  async "a mount reads once: loading, then the data"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    expect(bench.text).toBe("loading fetching");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads.map(({ path }) => path)).toEqual(["ctx/user/?user_id=7"]);
    expect(new Set(bench.notes)).toEqual(new Set(["7: loading fetching", "7: success Rumi 1"]));
  },

  async "equal params in a new object, and in another order, read no more"() {
    const bench = open();
    for (let render = 0; render < 4; render++) {
      await bench.show(part(Orders, { turned: render % 2 === 1 }));
    }
    expect(bench.server.reads).toHaveLength(1);
    await bench.settle(() =>
      bench.server.one.bundle({ user_orders: { items: [], next_cursor: null } }),
    );
    await bench.show(part(Orders, { turned: true }));
    expect(bench.text).toBe("success");
    expect(bench.server.reads).toHaveLength(1);
    expect(bench.observers).toBe(1);
  },

  async "other params read exactly once more, and never show old data as theirs"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.show(part(User, { id: 8 }));
    expect(bench.text).toBe("loading fetching");
    expect(bench.server.reads.map(({ path }) => path)).toEqual([
      "ctx/user/?user_id=7",
      "ctx/user/?user_id=8",
    ]);
    await bench.answerUser("Shams");
    expect(bench.text).toBe("success Shams 1");
    await bench.show(part(User, { id: 7 }));
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads).toHaveLength(2);
    const mixed = bench.notes.filter((note) => /^8.*Rumi|^7.*Shams/.test(note));
    expect(mixed).toEqual([]);
    expect(bench.observers).toBe(1);
  },

  async "params that come back before anything was answered reuse the read under way"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    await bench.show(part(User, { id: 8 }));
    await bench.show(part(User, { id: 7 }));
    expect(bench.server.reads.filter(({ path }) => path.endsWith("=7"))).toHaveLength(1);
    await bench.answerUser("Rumi", bench.server.read(0));
    expect(bench.text).toBe("success Rumi 1");
  },

  async "null params are idle until they are known, and read nothing"() {
    const bench = open();
    await bench.show(part(User, { id: null }));
    await bench.pass(60_000);
    expect(bench.text).toBe("idle");
    expect(bench.server.requests).toEqual([]);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], observers: 0, timers: 0 });
    await bench.show(part(User, { id: 7 }));
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
    await bench.show(part(User, { id: null }));
    expect(bench.text).toBe("idle");
    expect(bench.observers).toBe(0);
  },

  async "two components of one context share one request (M6)"() {
    const bench = open();
    await bench.show(part(Name, {}), part(User, { id: 7 }), part(Profile, {}), part(Addresses, {}));
    expect(bench.observers).toBe(4);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("Rumisuccess Rumi 1profile success Rumi;addresses success 1 Main St;");
    expect(bench.server.reads).toHaveLength(1);
  },

  async "after an unmount nobody observes, and the entry is gone after gcTime"() {
    const bench = open({ gcTime });
    await bench.show(part(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.show();
    expect(bench.observers).toBe(0);
    await bench.pass(gcTime - 1000);
    expect(bench.mizan.inspect().entries).toHaveLength(1);
    await bench.pass(2000);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], timers: 0 });
  },

  async "an unmount ends the first read; a remount at once joins it"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    await bench.show();
    await bench.show(part(User, { id: 7 }));
    expect(bench.server.reads).toHaveLength(1);
    await bench.show();
    await bench.pass(1000);
    expect(bench.server.aborted).toBe(1);
    expect(bench.mizan.inspect().flights).toBe(0);
    await bench.show(part(User, { id: 7 }));
    expect(bench.text).toBe("loading fetching");
    expect(bench.server.reads).toHaveLength(2);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
  },

  async "a remount within gcTime shows the data at once and reads no more"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.show();
    bench.notes.length = 0;
    await bench.pass(30_000);
    await bench.show(part(User, { id: 7 }));
    expect(new Set(bench.notes)).toEqual(new Set(["7: success Rumi 1"]));
    expect(bench.server.reads).toHaveLength(1);
  },

  async "a merge shows without a request (H14)"() {
    const bench = open();
    const update = probe(useUpdateProfile);
    await bench.show(part(User, { id: 7 }), update.part);
    await bench.answerUser("Rumi");
    await bench.settle(() => update.current.mutate(profileInput("Mevlana")));
    expect(bench.server.call(0).body).toEqual(profileInput("Mevlana"));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect(bench.text).toBe("success Mevlana 1");
    expect(bench.server.reads).toHaveLength(1);
    expect(bench.server.calls).toHaveLength(1);
  },

  async "an invalidation reads exactly once more and keeps the data on screen"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.settle(() => {
      bench.mizan.invalidate(userContext, { user_id: 7 });
      bench.mizan.invalidate(userContext);
      bench.mizan.invalidate(userContext, { user_id: 8 });
    });
    expect(bench.text).toBe("success stale fetching Rumi 1");
    expect(bench.server.reads).toHaveLength(2);
    await bench.answerUser("Mevlana");
    expect(bench.text).toBe("success Mevlana 1");
    expect(bench.server.reads).toHaveLength(2);
  },

  async "a merge of another slot leaves the reader of a slot alone"() {
    const bench = open();
    await bench.show(part(Profile, {}), part(Addresses, {}));
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(new Set(bench.notes)).toEqual(new Set(["profile success Mevlana"]));
    expect(bench.text).toBe("profile success Mevlana;addresses success 1 Main St;");
  },

  async "a refetch with an equal answer leaves a reader of data alone"() {
    const bench = open();
    await bench.show(part(Name, {}));
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.invalidate(userContext));
    await bench.answerUser("Rumi");
    expect(bench.server.reads).toHaveLength(2);
    expect(bench.notes).toEqual([]);
    await bench.settle(() => bench.mizan.invalidate(userContext));
    await bench.answerUser("Mevlana");
    expect(new Set(bench.notes)).toEqual(new Set(["Mevlana"]));
  },

  async "a reader of isFetching follows it"() {
    const bench = open();
    await bench.show(part(Spinner, {}));
    expect(bench.text).toBe("busy");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("still");
    await bench.settle(() => bench.mizan.invalidate(userContext));
    expect(bench.text).toBe("busy");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("still");
  },

  async "merges and invalidations of one answer render once"() {
    const bench = open();
    const update = probe(useUpdateProfile);
    await bench.show(part(User, { id: 7 }), update.part);
    await bench.answerUser("Rumi");
    await bench.settle(() => update.current.mutate(profileInput("C")));
    bench.notes.length = 0;
    await bench.settle(() =>
      bench.server.call(0).result(user("C"), {
        merge: [
          profileMerge("A"),
          profileMerge("B"),
          profileMerge("C"),
          {
            context: "user",
            slot: "user_addresses",
            value: [3, 4].map((id) => ({ id, line1: `${id} Harbour Rd`, city: "Izmir" })),
          },
        ],
        invalidate: [{ context: "user", params: { user_id: 7 } }, "user", "orders"],
      }),
    );
    expect(bench.notes).toEqual(["7: success stale fetching C 2"]);
  },

  async "a failed first load is an error with its code, and refetch tries again"() {
    const bench = open();
    const read = probe(() => useUserContext(() => ({ user_id: 7 })));
    await bench.show(part(User, { id: 7 }), read.part);
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
    expect(bench.text).toBe("error not_found");
    expect(bench.server.reads).toHaveLength(1);
    await bench.settle(() => void read.current.refetch());
    expect(bench.server.reads).toHaveLength(2);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
  },

  async "a failed refetch keeps the data and shows the error"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.settle(() => bench.mizan.invalidate(userContext));
    await bench.settle(() => bench.server.one.problem(403, "forbidden"));
    expect(bench.text).toBe("error stale Rumi 1 forbidden");
  },

  async "one function that fails leaves the others their values"() {
    const bench = open();
    await bench.show(part(Profile, {}), part(Addresses, {}));
    await bench.settle(() =>
      bench.server.one.bundle(
        { user_profile: user("Rumi") },
        { errors: { user_addresses: { status: 403, code: "forbidden", title: "No" } } },
      ),
    );
    expect(bench.text).toBe("profile success Rumi;addresses error forbidden;");
  },

  async "a mutation goes from idle to pending to success, and reset goes back (H5)"() {
    const bench = open();
    await bench.show(part(Update, {}));
    const [rename, reset] = bench.container.querySelectorAll("button");
    await bench.settle(() => rename?.click());
    await bench.settle(() => bench.server.call(0).result(user("Mevlana")));
    await bench.settle(() => reset?.click());
    expect(bench.notes).toEqual(["idle", "pending isPending", "success isSuccess Mevlana", "idle"]);
  },

  async "a mutation that fails shows the error that its function declares (H5)"() {
    const bench = open();
    await bench.show(part(Order, {}));
    expect(bench.text).toBe("no error");
    await bench.settle(() => bench.container.querySelector("button")?.click());
    await bench.settle(() =>
      bench.server.call(0).problem(409, "out_of_stock", { data: { book_id: "b", left: 2 } }),
    );
    expect(bench.text).toBe("only 2 left");
  },

  async "mutateAsync resolves with the output and rejects with the error (H5)"() {
    const bench = open();
    const update = probe(useUpdateProfile);
    await bench.show(update.part);
    let first: Promise<{ readonly name: string }> | undefined;
    await bench.settle(() => void (first = update.current.mutateAsync(profileInput("A"))));
    await bench.settle(() => bench.server.call(0).result(user("A")));
    await expect(first).resolves.toMatchObject({ name: "A" });
    let second: Promise<unknown> | undefined;
    await bench.settle(() => {
      second = update.current.mutateAsync(profileInput(""));
      second.catch(() => undefined);
    });
    await bench.settle(() =>
      bench.server.call(1).problem(422, "validation", {
        errors: [{ path: ["form", "name"], code: "too_short", message: "Say a name" }],
      }),
    );
    await expect(second).rejects.toMatchObject({
      code: "validation",
      fields: [{ path: ["form", "name"], message: "Say a name" }],
    });
    expect(update.current.status).toBe("error");
  },

  async "an optimistic change shows at once and is taken back when the call fails"() {
    const bench = open();
    const update = probe(useUpdateProfile);
    await bench.show(part(User, { id: 7 }), update.part);
    await bench.answerUser("Rumi");
    await bench.settle(() => update.current.mutate(profileInput("Mevlana"), rename));
    expect(bench.text).toBe("success Mevlana 1");
    await bench.settle(() => bench.server.call(0).problem(403, "forbidden"));
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads).toHaveLength(1);
  },

  async "an optimistic change gives way to the answer without a frame of neither"() {
    const bench = open();
    const update = probe(useUpdateProfile);
    await bench.show(part(User, { id: 7 }), update.part);
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => update.current.mutate(profileInput("mevlana"), rename));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect([...new Set(bench.notes)]).toEqual(["7: success mevlana 1", "7: success Mevlana 1"]);
  },

  async "an unmount during a mutation still applies what it answered"() {
    const bench = open();
    const update = probe(useUpdateProfile);
    await bench.show(part(User, { id: 7 }), update.part);
    await bench.answerUser("Rumi");
    await bench.settle(() => update.current.mutate(profileInput("Mevlana")));
    await bench.show(part(User, { id: 7 }));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect(bench.text).toBe("success Mevlana 1");
  },

  async "prefetch reads ahead, and the mount reads no more"() {
    const bench = open();
    const prefetch = fetchUserContext({ user_id: 7 }, { mizan: bench.mizan });
    await bench.settle();
    await bench.answerUser("Rumi");
    await prefetch;
    await bench.show(part(User, { id: 7 }));
    expect(bench.notes).toEqual(["7: success Rumi 1"]);
    expect(bench.server.reads).toHaveLength(1);
  },

  async "hydrated data shows in the first frame and is not read (H4)"() {
    const server = open({ server: true });
    const read = fetchUserContext({ user_id: 7 }, { mizan: server.mizan });
    await server.settle();
    await server.answerUser("Rumi");
    await read;
    const hydrate = JSON.parse(JSON.stringify(server.mizan.dehydrate())) as ReturnType<
      typeof server.mizan.dehydrate
    >;
    const bench = open({ hydrate });
    await bench.show(part(User, { id: 7 }));
    expect(new Set(bench.notes)).toEqual(new Set(["7: success Rumi 1"]));
    await bench.pass(1000);
    expect(bench.server.requests).toEqual([]);
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(bench.text).toBe("success Mevlana 1");
  },

  async "a change of identity shows nothing of the one before"() {
    const bench = open();
    await bench.show(part(User, { id: 7 }));
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.reset());
    expect(bench.text).toBe("loading fetching");
    await bench.settle(() => bench.server.one.bundle(userData("Shams")));
    expect(bench.text).toBe("success Shams 1");
    expect(bench.notes.filter((note) => note.includes("Rumi"))).toEqual([]);
  },
};

const rename = {
  optimistic: {
    user: {
      user_profile: <Profile extends object>(
        profile: Profile,
        { form }: { readonly form: { readonly name: string } },
      ): Profile => ({ ...profile, name: form.name }),
    },
  },
};
