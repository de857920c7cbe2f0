import type { JsonValue } from "../document.js";
import { inexactMembers, type InexactMembers } from "../inexact-members.js";
import type { ParsedText, Place } from "../parsed-file.js";
import { shareStructure, type Said } from "../share-structure.js";
import type { YamlPlaces } from "./yaml-places.js";

const none: InexactMembers = new Map();

/** A text in the objects of the one before, as far as they say the same; and what to remember of it. */
export function shareYaml(
  places: YamlPlaces,
  before: Said | undefined,
): { readonly parsed: ParsedText; readonly said: Said } {
  const read = said(places, places);
  if (before === undefined) return { parsed: places, said: read };
  const parsed = new SharedYaml(shareStructure(before, read), places);
  return { parsed, said: said(parsed, places) };
}

function said(parsed: ParsedText, { hasInexact }: YamlPlaces): Said {
  return { value: parsed.root, inexact: hasInexact ? inexactMembers(parsed) : none };
}

/** Places are known of the objects that the text was read into, so these are kept beside the shared ones. */
class SharedYaml implements ParsedText {
  readonly root: JsonValue;
  readonly #places: YamlPlaces;

  constructor(root: JsonValue, places: YamlPlaces) {
    this.root = root;
    this.#places = places;
  }

  locate(steps: readonly string[]): Place | undefined {
    return this.#places.locate(steps);
  }

  inexactNumberAt(steps: readonly string[]): string | undefined {
    return this.#places.inexactNumberAt(steps);
  }
}
