import fc from "fast-check";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import { FakePage } from "../fake-page.js";
import { World, type Revisions, type Step } from "./world.js";

/** How many schedules of each kind, always the same ones; `npm run fuzz:kernel` for more, and for others. */
const numRuns = Number(process.env["MIZAN_MODEL_RUNS"] ?? 200);
const seed = Number(process.env["MIZAN_MODEL_SEED"] ?? 20_260_000);

// Mostly one cell of one entry: that is where orders matter.
const id = fc.constantFrom(1, 1, 1, 2);
const slot = fc.constantFrom("a" as const, "a" as const, "b" as const);
const pick = fc.nat(3);

const often = (times: number, step: fc.Arbitrary<Step>): fc.Arbitrary<Step>[] =>
  Array.from({ length: times }, () => step);

const quiet: fc.Arbitrary<Step>[] = [
  ...often(2, fc.record({ do: fc.constant("mount" as const), id })),
  fc.record({ do: fc.constant("unmount" as const), id }),
  fc.record({ do: fc.constantFrom("refetch" as const, "force" as const), id }),
  fc.record({ do: fc.constant("invalidate" as const), id: fc.constantFrom(0, 1, 2) }),
  ...often(3, fc.record({ do: fc.constant("write" as const), id, slot, optimistic: fc.boolean() })),
  ...often(3, fc.record({ do: fc.constant("serve" as const), pick, merge: fc.boolean() })),
  ...often(4, fc.record({ do: fc.constant("deliver" as const), pick, merge: fc.boolean() })),
  fc.record({ do: fc.constant("foreign" as const), id, slot, told: fc.boolean() }),
  fc.record({ do: fc.constant("hydrate" as const), late: fc.boolean() }),
  fc.record({ do: fc.constant("time" as const), ms: fc.constantFrom(1, 60, 200, 2500, 6000) }),
  fc.record({ do: fc.constantFrom("focus" as const, "restore" as const, "pause" as const) }),
];
const rough: fc.Arbitrary<Step>[] = [
  ...quiet,
  fc.record({ do: fc.constant("break" as const), pick, served: fc.boolean() }),
];

let page: FakePage;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  page = new FakePage();
  page.install();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function play(steps: readonly Step[], revisions: Revisions): Promise<void> {
  const world = new World(page, revisions);
  try {
    for (const step of steps) await world.step(step);
    await world.rest();
  } finally {
    await world.end();
    vi.clearAllTimers();
  }
}

// Schedules that failed once, shrunk.
describe("schedules that were found", () => {
  it.each<[string, Revisions, Step[]]>([
    [
      "two overlapping writes of one slot that the server carries out in the other order",
      "none",
      [
        { do: "mount", id: 1 },
        { do: "pause" },
        { do: "deliver", pick: 0, merge: true },
        { do: "write", id: 1, slot: "a", optimistic: false },
        { do: "write", id: 1, slot: "a", optimistic: false },
        { do: "serve", pick: 1, merge: true },
        { do: "serve", pick: 0, merge: true },
        { do: "deliver", pick: 0, merge: true },
        { do: "deliver", pick: 0, merge: true },
      ],
    ],
    [
      "a payload with a newer revision for an observed entry, after an invalidation by hand",
      "in the transaction",
      [
        { do: "invalidate", id: 0 },
        { do: "mount", id: 1 },
        { do: "deliver", pick: 0, merge: false },
        { do: "write", id: 1, slot: "a", optimistic: false },
        { do: "deliver", pick: 0, merge: true },
        { do: "hydrate", late: false },
        { do: "hydrate", late: true },
      ],
    ],
    [
      "a layer that waits for a read whose entry is no longer observed",
      "none",
      [
        { do: "mount", id: 2 },
        { do: "write", id: 2, slot: "a", optimistic: true },
        { do: "deliver", pick: 0, merge: false },
        { do: "deliver", pick: 0, merge: false },
        { do: "unmount", id: 2 },
        { do: "invalidate", id: 0 },
      ],
    ],
  ])("%s", (_name, revisions, steps) => play(steps, revisions));
});

/**
 * What table 5.2 of the protocol is about. Own writes lost at rest must be 0 in every kind, with foreign writes in the schedules; steps back
 * of what is shown must be 0 with numbers of the transaction. `npm run fuzz:kernel` plays 10 000 schedules of each kind.
 */
describe("random schedules", () => {
  const kinds = [
    ["in the transaction", quiet],
    ["after the commit", quiet],
    ["none", quiet],
    ["in the transaction", rough],
    ["after the commit", rough],
    ["none", rough],
  ] as const;
  it.each(kinds.map(([revisions, steps]) => [revisions, steps === rough, steps] as const))(
    "M6 R2 C1: revisions: %s, broken connections: %s: no own write is lost at rest, nothing of other params is shown, nothing is left",
    (revisions, _broken, steps) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(...steps), { minLength: 5, maxLength: 40, size: "max" }),
          (schedule) => play(schedule, revisions),
        ),
        { numRuns, seed },
      ),
    3_600_000,
  );
});
