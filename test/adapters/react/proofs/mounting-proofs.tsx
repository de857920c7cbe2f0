import { expect } from "vitest";
import { profileMerge, userData } from "../../bookshop-data.js";
import { partsOf, probe } from "../parts.js";
import { openUser, type Proofs } from "./proof.js";

const gcTime = 5 * 60_000;

/** Mounts, params, lifetimes: what is read, and when. */
export const mountingProofs = {
  async "a mount reads once: loading, then the data"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={7} />);
    expect(bench.text).toBe("loading fetching");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads.map(({ path }) => path)).toEqual(["ctx/user/?user_id=7"]);
    expect(new Set(bench.notes)).toEqual(new Set(["7: loading fetching", "7: success Rumi 1"]));
  },

  async "equal params in a new object, and in another order, read no more"(open) {
    const bench = open();
    const { useOrdersContext } = bench.client.react;
    function Orders({ turned }: { readonly turned: boolean }): string {
      return useOrdersContext(
        turned ? { status: "paid", user_id: 7 } : { user_id: 7, status: "paid", cursor: undefined },
      ).status;
    }
    for (let render = 0; render < 4; render++) {
      await bench.show(<Orders turned={render % 2 === 1} />);
    }
    expect(bench.server.reads).toHaveLength(1);
    await bench.settle(() =>
      bench.server.one.bundle({ user_orders: { items: [], next_cursor: null } }),
    );
    await bench.show(<Orders turned={true} />);
    expect(bench.text).toBe("success");
    expect(bench.server.reads).toHaveLength(1);
    expect(bench.observers).toBe(1);
  },

  async "other params read exactly once more, and never show old data as theirs"(open) {
    const { bench, User } = await openUser(open);
    await bench.show(<User id={8} />);
    expect(bench.text).toBe("loading fetching");
    expect(bench.server.reads.map(({ path }) => path)).toEqual([
      "ctx/user/?user_id=7",
      "ctx/user/?user_id=8",
    ]);
    await bench.answerUser("Shams");
    expect(bench.text).toBe("success Shams 1");
    await bench.show(<User id={7} />);
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads).toHaveLength(2);
    const mixed = bench.notes.filter((note) => /^8.*Rumi|^7.*Shams/.test(note));
    expect(mixed).toEqual([]);
    expect(bench.observers).toBe(1);
  },

  async "params that come back before anything was answered reuse the read under way"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={7} />);
    await bench.show(<User id={8} />);
    await bench.show(<User id={7} />);
    expect(bench.server.reads.filter(({ path }) => path.endsWith("=7"))).toHaveLength(1);
    await bench.answerUser("Rumi", bench.server.read(0));
    expect(bench.text).toBe("success Rumi 1");
  },

  async "null params are idle until they are known, and read nothing"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={null} />);
    await bench.pass(60_000);
    expect(bench.text).toBe("idle");
    expect(bench.server.requests).toEqual([]);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], observers: 0, timers: 0 });
    await bench.show(<User id={7} />);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
    await bench.show(<User id={null} />);
    expect(bench.text).toBe("idle");
    expect(bench.observers).toBe(0);
  },

  async "two components of one context share one request (M6)"(open) {
    const bench = open();
    const { Name, Profile, Addresses, User } = partsOf(bench);
    await bench.show(
      <>
        <Name />
        <User id={7} />
        <Profile />
        <Addresses />
      </>,
    );
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
    await bench.show(<User id={7} />);
    await bench.answerUser("Rumi");
    await bench.show(null);
    expect(bench.observers).toBe(0);
    await bench.pass(gcTime - 1000);
    expect(bench.mizan.inspect().entries).toHaveLength(1);
    await bench.pass(2000);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], timers: 0 });
  },

  async "an unmount ends the first read; a remount at once joins it"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={7} />);
    await bench.show(null);
    await bench.show(<User id={7} />);
    expect(bench.server.reads).toHaveLength(1);
    await bench.show(null);
    await bench.pass(1000);
    expect(bench.server.aborted).toBe(1);
    expect(bench.mizan.inspect().flights).toBe(0);
    await bench.show(<User id={7} />);
    expect(bench.text).toBe("loading fetching");
    expect(bench.server.reads).toHaveLength(2);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
  },

  async "a remount within gcTime shows the data at once and reads no more"(open) {
    const { bench, User } = await openUser(open);
    await bench.show(null);
    bench.notes.length = 0;
    await bench.pass(30_000);
    await bench.show(<User id={7} />);
    expect(new Set(bench.notes)).toEqual(new Set(["7: success Rumi 1"]));
    expect(bench.server.reads).toHaveLength(1);
  },

  async "prefetch reads ahead, and the mount reads no more"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const actions = probe(bench.client.react.useUserContextActions);
    await bench.show(<actions.Component />);
    await bench.settle(() => void actions.current.prefetch({ user_id: 7 }));
    await bench.answerUser("Rumi");
    await bench.show(<User id={7} />);
    expect(new Set(bench.notes)).toEqual(new Set(["7: success Rumi 1"]));
    expect(bench.server.reads).toHaveLength(1);
    // A failure stays in the state: nobody has to catch it.
    let failed: Promise<void> | undefined;
    await bench.settle(() => void (failed = actions.current.prefetch({ user_id: 8 })));
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
    await expect(failed).resolves.toBeUndefined();
    expect(bench.server.reads).toHaveLength(2);
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
    await bench.show(<User id={7} />);
    expect(new Set(bench.notes)).toEqual(new Set(["7: success Rumi 1"]));
    await bench.pass(1000);
    expect(bench.server.requests).toEqual([]);
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(bench.text).toBe("success Mevlana 1");
  },

  async "a change of identity shows nothing of the one before"(open) {
    const { bench } = await openUser(open);
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.reset());
    expect(bench.text).toBe("loading fetching");
    await bench.settle(() => bench.server.one.bundle(userData("Shams")));
    expect(bench.text).toBe("success Shams 1");
    expect(bench.notes.filter((note) => note.includes("Rumi"))).toEqual([]);
  },
} satisfies Proofs;
