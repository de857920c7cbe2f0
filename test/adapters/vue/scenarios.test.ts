// @vitest-environment jsdom
import { describe, it } from "vitest";
import { scenarios } from "../scenarios.js";
import { openBench, useBenches } from "./bench.js";
import { generateClient } from "./generate-client.js";
import { proofs } from "./scenario-proofs.js";

const client = await generateClient("scenarios");

describe("T2: the Vue adapter", () => {
  useBenches();
  for (const scenario of scenarios) {
    it(scenario, () => proofs[scenario]((options) => openBench(client, options)));
  }
});
