import { describe, it } from "vitest";
import { scenarios } from "../scenarios.js";
import { openBench, useBenches } from "./bench.js";
import type { Client } from "./generate-client.js";
import { proofs } from "./proofs/proofs.js";

/** Runs the table of all adapters over a client, with StrictMode and without. */
export function describeScenarios(client: Client): void {
  for (const strict of [false, true]) {
    describe(strict ? "in StrictMode (M5)" : "without StrictMode", () => {
      useBenches();
      for (const scenario of scenarios) {
        it(scenario, () => proofs[scenario]((options) => openBench(client, strict, options)));
      }
    });
  }
}
