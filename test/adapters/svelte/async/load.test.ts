import { userContext } from "@client";
import { describe, expect, it } from "vitest";
import { profileMerge } from "../../bookshop-data.js";
import { openBench, part, useBenches } from "../bench.svelte.js";
import AwaitedUser from "../parts/AwaitedUser.svelte";

describe("load in markup, in Svelte's async mode", () => {
  useBenches();

  it("shows the pending snippet, then the data, and follows merges (H8)", async () => {
    const bench = openBench();
    await bench.show(part(AwaitedUser, { id: 7 }));
    expect(bench.text).toBe("pending");
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("7: Rumi");
    await bench.settle(() => bench.mizan.merge(profileMerge("Mevlana")));
    expect(bench.text).toBe("7: Mevlana");
    expect(bench.server.reads).toHaveLength(1);
    expect(bench.observers).toBe(1);
    expect(bench.notes).toEqual(["Rumi", "Mevlana"]);
  });

  it("awaits nothing anew while the same data is read again", async () => {
    const bench = openBench();
    await bench.show(part(AwaitedUser, { id: 7 }));
    await bench.answerUser("Rumi");
    await bench.settle(() => bench.mizan.invalidate(userContext));
    expect(bench.text).toBe("7: Rumi");
    await bench.answerUser("Rumi");
    expect(bench.notes).toEqual(["Rumi"]);
    expect(bench.server.reads).toHaveLength(2);
  });

  it("never shows another key's data while params go from 1 to 2 and back (H8)", async () => {
    const bench = openBench();
    const shown: string[] = [];
    const watch = new MutationObserver(() => shown.push(bench.text));
    watch.observe(bench.container, { childList: true, characterData: true, subtree: true });
    await bench.show(part(AwaitedUser, { id: 1 }));
    await bench.answerUser("one");
    await bench.settle(() => (bench.parts = [part(AwaitedUser, { id: 2 })]));
    // Not answered yet: what was there stays, under its own number.
    expect(bench.text).toContain("1: one");
    await bench.settle(() => (bench.parts = [part(AwaitedUser, { id: 1 })]));
    expect(bench.text).toContain("1: one");
    await bench.answerUser("two");
    expect(bench.text).toContain("1: one");
    await bench.settle(() => bench.mizan.merge(profileMerge("uno", 1)));
    await bench.settle(() => bench.mizan.merge(profileMerge("dos", 2)));
    expect(bench.text).toContain("1: uno");
    await bench.settle(() => (bench.parts = [part(AwaitedUser, { id: 2 })]));
    expect(bench.text).toContain("2: dos");
    await bench.settle(() => bench.mizan.merge(profileMerge("zwei", 2)));
    expect(bench.text).toContain("2: zwei");
    watch.disconnect();
    expect(shown.filter((text) => /1: (two|dos|zwei)|2: (one|uno)/.test(text))).toEqual([]);
    expect(bench.server.reads.map(({ path }) => path)).toEqual([
      "ctx/user/?user_id=1",
      "ctx/user/?user_id=2",
    ]);
    expect(bench.observers).toBe(1);
  });

  it("gives a failed first load to the boundary, which recovers after a refetch", async () => {
    const bench = openBench();
    await bench.show(part(AwaitedUser, { id: 7 }));
    await bench.settle(() => bench.server.one.problem(404, "not_found"));
    expect(bench.text).toBe("failed");
    await bench.settle(() => bench.container.querySelector("button")?.click());
    await bench.answerUser("Rumi");
    expect(bench.text).toBe("7: Rumi");
  });

  it("leaves nobody behind when it goes while it waits (H9)", async () => {
    const bench = openBench({ gcTime: 60_000 });
    await bench.show(part(AwaitedUser, { id: 7 }));
    await bench.show();
    expect(bench.observers).toBe(0);
    // A promise was handed out: its read goes on until it is settled.
    await bench.answerUser("Rumi");
    await bench.pass(61_000);
    expect(bench.mizan.inspect()).toMatchObject({ entries: [], flights: 0, timers: 0 });
    expect(bench.text).toBe("");
  });
});
