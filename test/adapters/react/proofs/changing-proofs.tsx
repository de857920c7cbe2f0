import { expect } from "vitest";
import { profileInput, profileMerge, user } from "../../bookshop-data.js";
import { partsOf, probe } from "../parts.js";
import { openProfile, openSlots, openUser, type Proofs } from "./proof.js";

/** Merges, invalidations and failures of what is shown. */
export const changingProofs = {
  async "a merge shows without a request (H14)"(open) {
    const { bench, update } = await openProfile(open);
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
    const bench = await openSlots(open);
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
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
    const { bench, update } = await openProfile(open);
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
            value: [
              { id: 3, line1: "1 Main St", city: "Konya" },
              { id: 4, line1: "2 Harbour Rd", city: "Izmir" },
            ],
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
    const { bench } = await openUser(open);
    await bench.settle(() => bench.mizan.invalidate(bench.client.core.userContext));
    await bench.settle(() => bench.server.one.problem(403, "forbidden"));
    expect(bench.text).toBe("error stale Rumi 1 forbidden");
  },

  async "one function that fails leaves the others their values"(open) {
    const bench = await openSlots(open);
    await bench.settle(() =>
      bench.server.one.bundle(
        { user_profile: user("Rumi") },
        { errors: { user_addresses: { status: 403, code: "forbidden", title: "No" } } },
      ),
    );
    expect(bench.text).toBe("profile success Rumi; addresses error forbidden; ");
  },
} satisfies Proofs;
