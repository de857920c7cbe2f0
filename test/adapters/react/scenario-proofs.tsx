import { expect } from "vitest";
import type { Scenario } from "../scenarios.js";
import { profileInput, profileMerge, user, userData, type Bench } from "./bench.js";
import { partsOf, probe } from "./parts.js";

/** What a proof is given: how to open a bench of the variant under test. */
export type Open = (options?: Parameters<Bench["client"]["core"]["createMizan"]>[0]) => Bench;

const gcTime = 5 * 60_000;

/** How React proves what every adapter does. */
export const proofs: Readonly<Record<Scenario, (open: Open) => Promise<void>>> = {
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
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={7} />);
    await bench.answerUser("Rumi");
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
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={7} />);
    await bench.answerUser("Rumi");
    await bench.show(null);
    bench.notes.length = 0;
    await bench.pass(30_000);
    await bench.show(<User id={7} />);
    expect(new Set(bench.notes)).toEqual(new Set(["7: success Rumi 1"]));
    expect(bench.server.reads).toHaveLength(1);
  },

  async "a merge shows without a request (H14)"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const update = probe(bench.client.react.useUpdateProfile);
    await bench.show(
      <>
        <User id={7} />
        <update.Component />
      </>,
    );
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

  async "an invalidation reads exactly once more and keeps the data on screen"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const actions = probe(bench.client.react.useUserContextActions);
    await bench.show(
      <>
        <User id={7} />
        <actions.Component />
      </>,
    );
    await bench.answerUser("Rumi");
    await bench.settle(() => {
      actions.current.invalidate({ user_id: 7 });
      actions.current.invalidate();
      actions.current.invalidate({ user_id: 8 });
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
    await bench.show(
      <>
        <Profile />
        <Addresses />
      </>,
    );
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana") as never));
    expect(new Set(bench.notes)).toEqual(new Set(["profile success Mevlana"]));
    expect(bench.text).toBe("profile success Mevlana; addresses success 1 Main St; ");
  },

  async "a refetch with an equal answer leaves a reader of data alone"(open) {
    const bench = open();
    const { Name } = partsOf(bench);
    await bench.show(<Name />);
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.invalidate(bench.client.core.userContext));
    await bench.answerUser("Rumi");
    expect(bench.server.reads).toHaveLength(2);
    expect(bench.notes).toEqual([]);
    await bench.settle(() => bench.mizan.invalidate(bench.client.core.userContext));
    await bench.answerUser("Mevlana");
    expect(new Set(bench.notes)).toEqual(new Set(["Mevlana"]));
  },

  async "a reader of isFetching follows it"(open) {
    const bench = open();
    const { Spinner } = partsOf(bench);
    await bench.show(<Spinner />);
    expect(bench.text).toBe("busy");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("still");
    await bench.settle(() => bench.mizan.invalidate(bench.client.core.userContext));
    expect(bench.text).toBe("busy");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("still");
  },

  async "merges and invalidations of one answer render once"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const update = probe(bench.client.react.useUpdateProfile);
    await bench.show(
      <>
        <User id={7} />
        <update.Component />
      </>,
    );
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
            value: { id: 4, line1: "2 Harbour Rd", city: "Izmir" },
            mode: "upsert",
            at: "end",
          },
        ],
        invalidate: [{ context: "user", params: { user_id: 7 } }, "user", "orders"],
      }),
    );
    // One render, which StrictMode runs twice.
    expect(bench.notes).toEqual(
      Array.from({ length: bench.strict ? 2 : 1 }, () => "7: success stale fetching C 2"),
    );
  },

  async "a failed first load is an error with its code, and refetch tries again"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const read = probe(() => bench.client.react.useUserContext({ user_id: 7 }));
    await bench.show(
      <>
        <User id={7} />
        <read.Component />
      </>,
    );
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
    expect(bench.text).toBe("error not_found");
    expect(bench.server.reads).toHaveLength(1);
    await bench.settle(() => void read.current.refetch());
    expect(bench.server.reads).toHaveLength(2);
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("success Rumi 1");
  },

  async "a failed refetch keeps the data and shows the error"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={7} />);
    await bench.answerUser("Rumi");
    await bench.settle(() => bench.mizan.invalidate(bench.client.core.userContext));
    await bench.settle(() => bench.server.one.problem(403, "forbidden"));
    expect(bench.text).toBe("error stale Rumi 1 forbidden");
  },

  async "one function that fails leaves the others their values"(open) {
    const bench = open();
    const { Profile, Addresses } = partsOf(bench);
    await bench.show(
      <>
        <Profile />
        <Addresses />
      </>,
    );
    await bench.settle(() =>
      bench.server.one.bundle(
        { user_profile: user("Rumi") },
        { errors: { user_addresses: { status: 403, code: "forbidden", title: "No" } } },
      ),
    );
    expect(bench.text).toBe("profile success Rumi; addresses error forbidden; ");
  },

  async "a mutation goes from idle to pending to success, and reset goes back (H5)"(open) {
    const bench = open();
    const seen: unknown[] = [];
    const update = probe(() => {
      const mutation = bench.client.react.useUpdateProfile();
      const { status, isPending, isSuccess, isError, data, error } = mutation;
      seen.push([status, isPending, isSuccess, isError, data?.name, error]);
      return mutation;
    });
    await bench.show(<update.Component />);
    await bench.settle(() => update.current.mutate(profileInput("Mevlana")));
    await bench.settle(() => bench.server.call(0).result(user("Mevlana")));
    await bench.settle(() => update.current.reset());
    const states = seen.filter((each, index) => String(each) !== String(seen[index - 1]));
    expect(states).toEqual([
      ["idle", false, false, false, undefined, undefined],
      ["pending", true, false, false, undefined, undefined],
      ["success", false, true, false, "Mevlana", undefined],
      ["idle", false, false, false, undefined, undefined],
    ]);
  },

  async "a mutation that fails shows the error that its function declares (H5)"(open) {
    const bench = open();
    function Order(): string {
      const { mutate, isError, error } = bench.client.react.usePlaceOrder();
      if (!isError || error === undefined) return (void (order = mutate), "no error");
      // Narrows to what the document declares: `left` is a number.
      return error.code === "out_of_stock" ? `only ${error.data.left.toFixed(0)} left` : error.code;
    }
    let order: ReturnType<typeof bench.client.react.usePlaceOrder>["mutate"] | undefined;
    await bench.show(<Order />);
    expect(bench.text).toBe("no error");
    await bench.settle(() => order?.({ user_id: 7, lines: [] }));
    await bench.settle(() =>
      bench.server.call(0).problem(409, "out_of_stock", { data: { book_id: "b", left: 2 } }),
    );
    expect(bench.text).toBe("only 2 left");
  },

  async "mutateAsync resolves with the output and rejects with the error (H5)"(open) {
    const bench = open();
    const update = probe(bench.client.react.useUpdateProfile);
    await bench.show(<update.Component />);
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

  async "an optimistic change shows at once and is taken back when the call fails"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const update = probe(bench.client.react.useUpdateProfile);
    await bench.show(
      <>
        <User id={7} />
        <update.Component />
      </>,
    );
    await bench.answerUser("Rumi");
    await bench.settle(() => update.current.mutate(profileInput("Mevlana"), rename));
    expect(bench.text).toBe("success Mevlana 1");
    await bench.settle(() => bench.server.call(0).problem(403, "forbidden"));
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads).toHaveLength(1);
  },

  async "an optimistic change gives way to the answer without a frame of neither"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const update = probe(bench.client.react.useUpdateProfile);
    await bench.show(
      <>
        <User id={7} />
        <update.Component />
      </>,
    );
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => update.current.mutate(profileInput("mevlana"), rename));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect([...new Set(bench.notes)]).toEqual(["7: success mevlana 1", "7: success Mevlana 1"]);
  },

  async "an unmount during a mutation still applies what it answered"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    const update = probe(bench.client.react.useUpdateProfile);
    const page = (editing: boolean) => (
      <>
        <User id={7} />
        {editing && <update.Component />}
      </>
    );
    await bench.show(page(true));
    await bench.answerUser("Rumi");
    await bench.settle(() => update.current.mutate(profileInput("Mevlana")));
    await bench.show(page(false));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect(bench.text).toBe("success Mevlana 1");
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
    await bench.settle(() => void actions.current.prefetch({ user_id: 8 }));
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
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
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana") as never));
    expect(bench.text).toBe("success Mevlana 1");
  },

  async "a change of identity shows nothing of the one before"(open) {
    const bench = open();
    const { User } = partsOf(bench);
    await bench.show(<User id={7} />);
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
