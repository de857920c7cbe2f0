import { quote } from "../diagnostics/quote.js";
import type { Manifest } from "../output/manifest.js";

/**
 * Why files may differ from what is generated now, as far as the manifest of the last run tells. Empty when it was the same run, so
 * that somebody has changed the files since.
 *
 * @param before null when there is none, or none that can be read
 */
export function findCauses(
  before: Manifest | null,
  now: Pick<Manifest, "generator" | "input" | "options">,
): readonly string[] {
  if (before === null) return ["there is no manifest of an earlier run"];
  return [
    ...(before.input === now.input ? [] : ["the document has changed"]),
    ...(before.options === now.options ? [] : ["the options or templates are others"]),
    ...(before.generator === now.generator
      ? []
      : [`the files are of mizan-gen ${quote(before.generator)}, this is ${quote(now.generator)}`]),
  ];
}
