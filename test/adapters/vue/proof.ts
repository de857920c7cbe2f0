import type { MizanOptions } from "@client";
import type { Bench } from "./bench.js";

/** How to open a bench. */
export type Open = (options?: MizanOptions) => Bench;

export type Proof = (open: Open) => Promise<void>;
