import { expect } from "vitest";
import { profileInput, profileMerge, user } from "../../bookshop-data.js";
import { partsOf, probe } from "../parts.js";
import { openProfile, type Proofs } from "./proof.js";

/** Calls that components make. */
export const mutationProofs = {
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
    const { bench, update } = await openProfile(open);
    await bench.settle(() => update.current.mutate(profileInput("Mevlana"), rename));
    expect(bench.text).toBe("success Mevlana 1");
    await bench.settle(() => bench.server.call(0).problem(403, "forbidden"));
    expect(bench.text).toBe("success Rumi 1");
    expect(bench.server.reads).toHaveLength(1);
  },

  async "an optimistic change gives way to the answer without a frame of neither"(open) {
    const { bench, update } = await openProfile(open);
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
} satisfies Proofs;

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
