import { h, ref } from "vue";
import { expect } from "vitest";
import { profileInput, profileMerge, user } from "../bookshop-data.js";
import type { Bench } from "./bench.js";
import { partsOf, probe } from "./parts.js";
import type { Proof } from "./proof.js";

/** A page that shows the user, and its mutation. */
async function editor(bench: Bench) {
  const { User } = partsOf(bench);
  const update = probe(bench.client.vue.useUpdateProfile);
  const isEditing = ref(true);
  await bench.show(() => [h(User, { id: 7 }), isEditing.value && h(update.Component)]);
  await bench.answerUser("Rumi");
  bench.notes.length = 0;
  return { update: update.current, isEditing };
}

/** How mutations prove what every adapter does. */
export const mutationProofs = {
  async "a merge shows without a request (H14)"(open) {
    const bench = open();
    const { update } = await editor(bench);
    await bench.settle(() => update.mutate(profileInput("Mevlana")));
    expect(bench.server.call(0).body).toEqual(profileInput("Mevlana"));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect(bench.text).toBe("success Mevlana 1");
    expect(bench.server.reads).toHaveLength(1);
    expect(bench.server.calls).toHaveLength(1);
  },

  async "merges and invalidations of one answer render once"(open) {
    const bench = open();
    const { update } = await editor(bench);
    await bench.settle(() => update.mutate(profileInput("C")));
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
            params: { user_id: 7 },
            value: [
              { id: 3, line1: "1 Main St", city: "Konya" },
              { id: 4, line1: "2 Harbour Rd", city: "Izmir" },
            ],
          },
        ],
        invalidate: [{ context: "user", params: { user_id: 7 } }, "user", "orders"],
      }),
    );
    expect(bench.notes).toEqual(["7: success stale fetching C 2"]);
  },

  async "a mutation goes from idle to pending to success, and reset goes back (H5)"(open) {
    const bench = open();
    const seen: unknown[] = [];
    const update = probe(bench.client.vue.useUpdateProfile, (mutation) => {
      const { status, isPending, isSuccess, isError, data, error } = mutation;
      seen.push([
        status.value,
        isPending.value,
        isSuccess.value,
        isError.value,
        data.value?.name,
        error.value,
      ]);
      return null;
    });
    await bench.show(() => h(update.Component));
    await bench.settle(() => update.current.mutate(profileInput("Mevlana")));
    await bench.settle(() => bench.server.call(0).result(user("Mevlana")));
    await bench.settle(() => update.current.reset());
    expect(seen).toEqual([
      ["idle", false, false, false, undefined, undefined],
      ["pending", true, false, false, undefined, undefined],
      ["success", false, true, false, "Mevlana", undefined],
      ["idle", false, false, false, undefined, undefined],
    ]);
  },

  async "a mutation that fails shows the error that its function declares (H5)"(open) {
    const bench = open();
    const order = probe(bench.client.vue.usePlaceOrder, ({ error: { value: error } }) => {
      if (error === undefined) return "no error";
      // Narrows to what the document declares: `left` is a number.
      return error.code === "out_of_stock" ? `only ${error.data.left.toFixed(0)} left` : error.code;
    });
    await bench.show(() => h(order.Component));
    expect(bench.text).toBe("no error");
    await bench.settle(() => order.current.mutate({ user_id: 7, lines: [] }));
    await bench.settle(() =>
      bench.server.call(0).problem(409, "out_of_stock", { data: { book_id: "b", left: 2 } }),
    );
    expect(bench.text).toBe("only 2 left");
    expect([order.current.isError.value, order.current.status.value]).toEqual([true, "error"]);
  },

  async "mutateAsync resolves with the output and rejects with the error (H5)"(open) {
    const bench = open();
    const update = probe(bench.client.vue.useUpdateProfile);
    await bench.show(() => h(update.Component));
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
    expect(update.current.status.value).toBe("error");
  },

  async "an optimistic change shows at once and is taken back when the call fails"(open) {
    const bench = open();
    const { update } = await editor(bench);
    await bench.settle(() => update.mutate(profileInput("Mevlana"), rename));
    expect(bench.text).toBe("success Mevlana 1");
    await bench.settle(() => bench.server.call(0).problem(403, "forbidden"));
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads).toHaveLength(1);
  },

  async "an optimistic change gives way to the answer without a frame of neither"(open) {
    const bench = open();
    const { update } = await editor(bench);
    await bench.settle(() => update.mutate(profileInput("mevlana"), rename));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect(bench.notes).toEqual(["7: success mevlana 1", "7: success Mevlana 1"]);
  },

  async "an unmount during a mutation still applies what it answered"(open) {
    const bench = open();
    const { update, isEditing } = await editor(bench);
    await bench.settle(() => update.mutate(profileInput("Mevlana")));
    await bench.settle(() => (isEditing.value = false));
    await bench.settle(() =>
      bench.server.call(0).result(user("Mevlana"), { merge: [profileMerge("Mevlana")] }),
    );
    expect(bench.text).toBe("success Mevlana 1");
  },
} satisfies Readonly<Record<string, Proof>>;

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
