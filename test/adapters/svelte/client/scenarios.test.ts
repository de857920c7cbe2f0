import { describe, it } from "vitest";
import { useBenches } from "../bench.svelte.js";
import { scenarios } from "../../scenarios.js";
import { proofs } from "../scenario-proofs.js";

describe("the Svelte adapter", () => {
  useBenches();
  for (const scenario of scenarios) it(scenario, proofs[scenario]);
});
