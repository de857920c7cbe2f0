import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import { quote } from "../../diagnostics/quote.js";
import { didYouMean, suggest } from "../../diagnostics/suggest.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { camelKey, kebabKey } from "./key-spelling.js";
import { placed, type Placed } from "./placed.js";

/** The keys an object of the extensions may have, and the other names that foreign producers give them (protocol 2.5). */
export interface Vocabulary {
  /** What such an object is called in messages: "an entry". */
  readonly noun: string;
  readonly keys: ReadonlySet<string>;
  /** camelCase alias -> key. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Keys without meaning here that known producers write; dropped without a word. camelCase. */
  readonly ignored: ReadonlySet<string>;
}

export function vocabulary(
  noun: string,
  keys: readonly string[],
  aliases: Readonly<Record<string, readonly string[]>> = {},
  ignored: readonly string[] = [],
): Vocabulary {
  return {
    noun,
    keys: new Set(keys),
    aliases: new Map(
      Object.entries(aliases).flatMap(([key, names]) => names.map((name) => [name, key])),
    ),
    ignored: new Set(ignored),
  };
}

/** The members of one object under their canonical keys. What nobody takes is unknown, and said so. */
export class Fields {
  readonly object: Placed<JsonObject>;
  readonly #vocabulary: Vocabulary;
  /** Canonical key -> keys of the document that mean it; only of those that are not canonical themselves. */
  readonly #foreign: ReadonlyMap<string, readonly string[]>;
  readonly #taken = new Set<string>();

  constructor(object: Placed<JsonObject>, words: Vocabulary) {
    this.object = object;
    this.#vocabulary = words;
    this.#foreign = foreignKeys(object.value, words);
  }

  /** The member with that canonical key. `null` counts as absent: serialisers write it for what was never set. */
  take(key: string): Placed | undefined {
    const member = this.takeNullable(key);
    return member === undefined || member.value === null ? undefined : member;
  }

  /** The same, for the few members where `null` means something. */
  takeNullable(key: string): Placed | undefined {
    const spelling = this.#spellingOf(key);
    if (spelling === undefined) return undefined;
    this.#taken.add(spelling);
    return placed(this.object.value[spelling] ?? null, child(this.object.pointer, spelling));
  }

  /** Reports the members that nobody took, and returns them as `x-legacy-...`, with the `x-...` ones as they are. */
  extensions(
    diagnostics: Diagnostics,
    noun = this.#vocabulary.noun,
  ): ReadonlyMap<string, JsonValue> {
    const keys = Object.keys(this.object.value);
    if (keys.length === this.#taken.size) return nothing;
    const kept = new Map<string, JsonValue>();
    for (const key of keys) {
      if (this.#taken.has(key) || this.#vocabulary.ignored.has(camelKey(key))) continue;
      const value = this.object.value[key] ?? null;
      if (key.startsWith("x-")) {
        kept.set(key, value);
        continue;
      }
      if (value === null && canonicalKey(key, this.#vocabulary) !== null) continue;
      kept.set(`x-legacy-${kebabKey(key)}`, value);
      this.#reportUnknown(key, noun, diagnostics);
    }
    return kept;
  }

  /** The key of the document that stands for a canonical one: the canonical spelling before all others. */
  #spellingOf(key: string): string | undefined {
    return Object.hasOwn(this.object.value, key) ? key : this.#foreign.get(key)?.[0];
  }

  #reportUnknown(key: string, noun: string, diagnostics: Diagnostics): void {
    const { keys } = this.#vocabulary;
    const canonical = canonicalKey(key, this.#vocabulary);
    const winner = canonical === null ? undefined : this.#spellingOf(canonical);
    const message =
      winner !== undefined && winner !== key
        ? `${quote(key)} has no effect beside ${quote(winner)}`
        : canonical !== null
          ? `${quote(key)} has no effect in ${noun}`
          : `unknown key ${quote(key)} in ${noun}${didYouMean(suggest(key, keys))}`;
    diagnostics.report("W300", child(this.object.pointer, key), message, { part: "key" });
  }
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

function foreignKeys(
  object: JsonObject,
  words: Vocabulary,
): ReadonlyMap<string, readonly string[]> {
  let foreign: Map<string, string[]> | undefined;
  for (const key of Object.keys(object)) {
    const canonical = words.keys.has(key) ? null : canonicalKey(key, words);
    if (canonical === null) continue;
    foreign ??= new Map();
    const spellings = foreign.get(canonical);
    if (spellings === undefined) foreign.set(canonical, [key]);
    else spellings.push(key);
  }
  return foreign ?? nothing;
}

function canonicalKey(key: string, words: Vocabulary): string | null {
  if (words.keys.has(key)) return key;
  const camel = camelKey(key);
  return words.keys.has(camel) ? camel : (words.aliases.get(camel) ?? null);
}
