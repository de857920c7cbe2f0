import { targets, type Target } from "../emit/stage2/target.js";
import { dependsOn, nearestPackage } from "./nearest-package.js";

/** The frameworks that the package of an output directory depends on and that there is an adapter for. */
export function detectTargets(directory: string): readonly Target[] {
  const manifest = nearestPackage(directory);
  return targets.filter((target) => dependsOn(manifest, target));
}
