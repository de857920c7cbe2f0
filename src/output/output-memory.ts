import { KnownManifest } from "./known-manifest.js";
import { PathOrder } from "./path-order.js";
import { StampedHashes } from "./stamped-hashes.js";

/** What a watch keeps of one output directory from run to run. A run with it finds and writes what one without would. */
export class OutputMemory {
  readonly onDisk = new StampedHashes();
  readonly manifest = new KnownManifest();
  readonly order = new PathOrder();
}
