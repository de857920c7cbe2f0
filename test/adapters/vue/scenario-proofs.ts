import type { Scenario } from "../scenarios.js";
import { mutationProofs } from "./mutation-proofs.js";
import type { Proof } from "./proof.js";
import { readProofs } from "./read-proofs.js";

/** How Vue proves what every adapter does. */
export const proofs: Readonly<Record<Scenario, Proof>> = { ...readProofs, ...mutationProofs };
