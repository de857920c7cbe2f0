import { createMizan, fetchUserContext } from "@client";
import { getMizanContext, setMizanContext, useUpdateProfile, useUserContext } from "@client/svelte";
import { flushSync, mount } from "svelte";
import { describe, expect, it } from "vitest";
import { profileInput, profileMerge, user } from "../../bookshop-data.js";
import { openBench, part, useBenches } from "../bench.svelte.js";
import Missing from "../parts/Missing.svelte";
import User from "../parts/User.svelte";
import { probe } from "../probe.js";

describe("who holds what in the Svelte adapter", () => {
  useBenches();

  it("leaves nobody behind after 1 000 mounts and unmounts (H9)", async () => {
    const gcTime = 60_000;
    const bench = openBench({ gcTime });
    for (let round = 0; round < 1000; round++) {
      await bench.settle(() => (bench.parts = [part(User, { id: 7 }), part(User, { id: 8 })]));
      if (round === 0) await bench.show(...bench.parts);
      for (const read of bench.server.open) {
        await read.bundle({ user_profile: user("Rumi"), user_addresses: [] });
      }
      expect(bench.observers).toBe(2);
      await bench.settle(() => (bench.parts = []));
      expect(bench.observers).toBe(0);
    }
    expect(bench.server.reads).toHaveLength(2);
    await bench.pass(gcTime + 1000);
    expect(bench.mizan.inspect()).toMatchObject({
      entries: [],
      observers: 0,
      flights: 0,
      timers: 0,
    });
  });

  it("holds one entry at a time while the params go through 1 000 values (H9)", async () => {
    const bench = openBench({ gcTime: 60_000 });
    for (let id = 1; id <= 1000; id++) {
      bench.parts = [part(User, { id })];
      if (id === 1) await bench.show(...bench.parts);
      flushSync();
      expect(bench.observers).toBe(1);
    }
    await bench.show();
    await bench.pass(120_000);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], observers: 0, timers: 0 });
  });

  it("follows params outside of components inside $effect.root, until that ends (H9)", async () => {
    const bench = openBench();
    const { mizan } = bench;
    let id = $state(7);
    const seen: string[] = [];
    const end = $effect.root(() => {
      const current = useUserContext(() => ({ user_id: id }), { mizan });
      $effect(() => void seen.push(`${id} ${current.status} ${current.data?.user_profile?.name}`));
    });
    await bench.settle();
    await bench.answerUser("Rumi");
    await bench.settle(() => (id = 8));
    await bench.answerUser("Shams");
    expect(seen).toEqual([
      "7 loading undefined",
      "7 success Rumi",
      "8 loading undefined",
      "8 success Shams",
    ]);
    expect(bench.observers).toBe(1);
    end();
    expect(bench.observers).toBe(0);
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana", 8)));
    expect(seen).toHaveLength(4);
  });

  it("misses no change between the first look at new params and their subscription", async () => {
    const bench = openBench();
    const { mizan } = bench;
    const elsewhere = openBench({ server: true });
    const read = fetchUserContext({ user_id: 8 }, { mizan: elsewhere.mizan });
    await elsewhere.settle();
    await elsewhere.answerUser("Shams");
    await read;
    let id = $state(7);
    const seen: string[] = [];
    const end = $effect.root(() => {
      const current = useUserContext(() => ({ user_id: id }), { mizan });
      $effect(() => void seen.push(`${id} ${current.data?.user_profile?.name}`));
      bench.note(current.status);
    });
    await bench.settle();
    await bench.answerUser("Rumi");
    const look = $effect.root(() => {
      const current = useUserContext(() => ({ user_id: id }), { mizan });
      id = 8;
      // Looked at before the effects ran: what is known then must not stay.
      expect(current.data).toBeUndefined();
      mizan.hydrate(elsewhere.mizan.dehydrate());
      $effect(() => void seen.push(`look ${current.data?.user_profile?.name}`));
    });
    await bench.settle();
    expect(seen.at(-1)).toMatch(/Shams$/);
    expect(seen).toContain("8 Shams");
    expect(seen).toContain("look Shams");
    look();
    end();
  });

  it("says what to do where there is no component (H9)", () => {
    const { mizan } = openBench();
    const said =
      /^Mizan: called outside of a component's initialisation\. There, pass \{ mizan \} and wrap the call in \$effect\.root\.$/;
    expect(() => getMizanContext()).toThrow(said);
    expect(() => useUserContext(() => ({ user_id: 7 }))).toThrow(said);
    expect(() => useUpdateProfile()).toThrow(said);
    expect(() => useUserContext(() => ({ user_id: 7 }), { mizan })).toThrow(said);
    expect(mizan.inspect()).toMatchObject({ entries: [], observers: 0 });
  });

  it("hands on what the params getter throws", () => {
    const { mizan } = openBench();
    const broken = (): never => {
      throw new RangeError("no user");
    };
    const end = $effect.root(() => {
      expect(() => useUserContext(broken, { mizan })).toThrow(RangeError);
    });
    end();
  });

  it("calls a mutation outside of components without an effect (H5)", async () => {
    const bench = openBench();
    const update = useUpdateProfile({ mizan: bench.mizan });
    await bench.settle(() => update.mutate(profileInput("Mevlana")));
    expect(update.status).toBe("pending");
    await bench.settle(() => bench.server.call(0).result(user("Mevlana")));
    expect(update.status).toBe("success");
    expect(update.data?.name).toBe("Mevlana");
  });

  it("says that the instance is missing (M10)", () => {
    const target = document.createElement("div");
    expect(() => mount(Missing, { target })).toThrow(
      /Mizan: no instance\. Call setMizanContext\(mizan\) in a component above this\./,
    );
  });

  it("gives two trees an instance each, which share nothing (M10)", async () => {
    const first = openBench();
    const second = openBench();
    await first.show(part(User, { id: 7 }));
    await second.show(part(User, { id: 7 }));
    await first.answerUser("Rumi");
    expect(first.text).toBe("success Rumi 1");
    expect(second.text).toBe("loading fetching");
    await second.answerUser("Shams");
    await first.settle(() => first.mizan.merge(profileMerge("Mevlana")));
    expect(first.text).toBe("success Mevlana 1");
    expect(second.text).toBe("success Shams 1");
  });

  it("hands back the instance that it was given, with its own type (M10)", async () => {
    const bench = openBench();
    const own = createMizan({ baseUrl: "/api/", broadcast: false });
    const context = probe(() => {
      const outer = getMizanContext();
      const given = setMizanContext(own);
      // Its own type: the names of the contract's contexts are known.
      given.invalidate("user", { user_id: 7 });
      return { outer, given, inner: getMizanContext() };
    });
    await bench.show(context.part);
    expect(context.current.outer).toBe(bench.mizan);
    expect(context.current.given).toBe(own);
    expect(context.current.inner).toBe(own);
    own.destroy();
  });
});
