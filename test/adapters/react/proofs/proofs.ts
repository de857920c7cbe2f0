import type { Scenario } from "../../scenarios.js";
import { changingProofs } from "./changing-proofs.js";
import { mountingProofs } from "./mounting-proofs.js";
import { mutationProofs } from "./mutation-proofs.js";
import type { Proof } from "./proof.js";

/** How React proves what every adapter does. */
export const proofs: Readonly<Record<Scenario, Proof>> = {
  ...mountingProofs,
  ...changingProofs,
  ...mutationProofs,
};
