import { part, type Part } from "./bench.svelte.js";
import Probe from "./parts/Probe.svelte";

/** A part that calls a function of the adapter, and what it returned. */
export function probe<Result>(use: () => Result): {
  readonly part: Part;
  readonly current: Result;
} {
  const holder = { use, current: undefined as Result | undefined };
  return {
    part: part(Probe, { probe: holder }),
    get current() {
      if (holder.current === undefined) throw new Error("the probe is not mounted");
      return holder.current;
    },
  };
}
