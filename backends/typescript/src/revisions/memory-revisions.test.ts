import { describe, expect, it } from "vitest";
import { memoryRevisions } from "./memory-revisions.js";

describe("the stamps of one process (protocol 5.3)", () => {
  it("are of one sequence that never steps back, whatever the clock does", async () => {
    let time = 1000;
    const revisions = memoryRevisions({ now: () => time });
    const bump = async (): Promise<number> =>
      (await revisions.bump({ set: ["a"], checks: [], since: 0 })).rev;
    const first = await bump();
    time = 500;
    const second = await bump();
    time = 2000;
    const third = await bump();
    expect([first, second, third]).toEqual([100_001, 100_002, 200_000]);
    expect(await revisions.sequence()).toBe(third);
  });

  it("a process that starts anew goes on above the former one", async () => {
    const before = memoryRevisions({ now: () => 1000 });
    const { rev } = await before.bump({ set: ["a"], checks: [], since: 0 });
    const after = memoryRevisions({ now: () => 1001 });
    expect(await after.read(["a"])).toBeGreaterThan(rev);
  });

  it("an entry's revision is the highest of its stamps", async () => {
    const revisions = memoryRevisions({ now: () => 0 });
    await revisions.bump({ set: ["a"], checks: [], since: 0 });
    const { rev } = await revisions.bump({ set: ["b"], checks: [], since: 0 });
    expect(await revisions.read(["a", "b", "c"])).toBe(rev);
    expect(await revisions.read(["c"])).toBeLessThan(rev);
  });

  it("says which checks moved since, before it sets its own", async () => {
    const revisions = memoryRevisions({ now: () => 0 });
    const since = await revisions.sequence();
    await revisions.bump({ set: ["a"], checks: [], since });
    const { conflicts } = await revisions.bump({ set: ["a", "b"], checks: [["a"], ["b"]], since });
    expect(conflicts).toEqual([true, false]);
  });

  it("a forgotten stamp is never taken for an old one", async () => {
    const revisions = memoryRevisions({ now: () => 0, capacity: 2 });
    const since = await revisions.sequence();
    const { rev } = await revisions.bump({ set: ["a"], checks: [], since });
    await revisions.bump({ set: ["b", "c"], checks: [], since });
    expect(await revisions.read(["a"])).toBe(rev);
    const { conflicts } = await revisions.bump({ set: [], checks: [["a"]], since });
    expect(conflicts).toEqual([true]);
  });
});
