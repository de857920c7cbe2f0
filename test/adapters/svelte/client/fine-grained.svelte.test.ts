import { catalogContext, userContext } from "@client";
import { useCatalogContext, useUpdateProfile, useUserContext } from "@client/svelte";
import { describe, expect, it } from "vitest";
import { profileInput, profileMerge, user } from "../../bookshop-data.js";
import { openBench, part, useBenches } from "../bench.svelte.js";
import Books from "../parts/Books.svelte";
import Caller from "../parts/Caller.svelte";
import Handler from "../parts/Handler.svelte";
import Slots from "../parts/Slots.svelte";
import { probe } from "../probe.js";

describe("signals of the Svelte adapter (H8)", () => {
  useBenches();

  it("runs each effect once for the first data", async () => {
    const bench = openBench();
    await bench.show(part(Slots, {}));
    bench.notes.length = 0;
    await bench.answerUser("Rumi");
    expect(bench.notes).toEqual([
      "data Rumi",
      "profile Rumi",
      "addresses 1",
      "status success",
      "isFetching false",
    ]);
  });

  it("runs no reader of data, of status or of a slot when only isFetching changes", async () => {
    const bench = openBench();
    await bench.show(part(Slots, {}));
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.invalidate(userContext));
    await bench.answerUser("Rumi");
    expect(bench.notes).toEqual(["isFetching true", "isFetching false"]);
  });

  it("runs no reader of one slot on a merge into another one", async () => {
    const bench = openBench();
    await bench.show(part(Slots, {}));
    await bench.answerUser("Rumi");
    bench.notes.length = 0;
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(bench.notes).toEqual(["data Mevlana", "profile Mevlana"]);
  });

  it("hands out the very objects of the instance's snapshot: nothing is proxied or copied", async () => {
    const bench = openBench();
    const read = probe(() => useUserContext(() => ({ user_id: 7 })));
    await bench.show(read.part);
    await bench.answerUser("Rumi");
    const { data } = bench.mizan.registerContext(userContext, { user_id: 7 }).getState();
    expect(data?.user_profile?.name).toBe("Rumi");
    expect(read.current.data).toBe(data);
    expect(read.current.slots.user_profile).toBe(data?.user_profile);
    expect(read.current.slots.user_addresses).toBe(data?.user_addresses);
    expect(structuredClone(read.current.data)).toEqual(data);
  });

  it("reads ten thousand rows as fast as raw ones: each is the object that the answer brought", async () => {
    const bench = openBench();
    const read = probe(() => useCatalogContext());
    await bench.show(part(Books, {}), read.part);
    const items = Array.from({ length: 10_000 }, (_, id) => ({
      id: `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
      title: `Book ${id}`,
      price: "1.00",
      in_stock: true,
    }));
    await bench.settle(() => bench.server.one.bundle({ book_list: { items, next_cursor: null } }));
    expect(bench.notes).toEqual(["sum 0", "sum 10000"]);
    const raw = bench.mizan.registerContext(catalogContext, {}).getState().data?.book_list?.items;
    const rows = read.current.slots.book_list?.items;
    expect(rows).toHaveLength(10_000);
    expect(rows?.every((row, index) => row === raw?.[index])).toBe(true);
  });

  it("gives the members of a mutation a signal each (H5)", async () => {
    const bench = openBench();
    const update = probe(() => {
      const mutation = useUpdateProfile();
      $effect(() => void bench.note(`data ${mutation.data?.name}`));
      $effect(() => void bench.note(`isError ${mutation.isError}`));
      $effect(() => void bench.note(`status ${mutation.status}`));
      return mutation;
    });
    await bench.show(update.part);
    bench.notes.length = 0;
    await bench.settle(() => update.current.mutate(profileInput("Mevlana")));
    await bench.settle(() => bench.server.call(0).result(user("Mevlana")));
    expect(bench.notes).toEqual(["status pending", "data Mevlana", "status success"]);
  });

  it("does not follow a mutation in the effect that calls it (H5)", async () => {
    const bench = openBench();
    await bench.show(part(Caller, {}));
    expect(bench.text).toBe("pending");
    await bench.settle(() => bench.server.call(0).result(user("Mevlana")));
    expect(bench.text).toBe("success");
    expect(bench.notes).toEqual(["called"]);
    expect(bench.server.calls).toHaveLength(1);
  });

  it("reads for a component that looks in event handlers only", async () => {
    const bench = openBench();
    await bench.show(part(Handler, {}));
    const button = bench.container.querySelector("button");
    button?.click();
    await bench.answerUser("Rumi");
    button?.click();
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    button?.click();
    expect(bench.notes).toEqual(["loading undefined", "success Rumi", "success Mevlana"]);
    expect(bench.server.reads).toHaveLength(1);
  });
});
