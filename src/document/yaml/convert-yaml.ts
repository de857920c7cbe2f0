import { isAlias, isMap, isScalar, type Alias, type ParsedNode, type Scalar } from "yaml";
import { quote } from "../../diagnostics/quote.js";
import type { JsonObject, JsonValue } from "../document.js";
import { isInexact } from "../json/inexact-number.js";
import { maxDuplicates, maxNesting } from "../parsed-file.js";
import type { Problem } from "../problem.js";
import { setOwn } from "../set-own.js";
import { YamlPlaces } from "./yaml-places.js";

/** How many more values than nodes a document may stand for through its aliases. */
const maxExpansion = 1_000_000;

/** A value with what it amounts to when every alias is written out. */
interface Converted {
  readonly value: JsonValue;
  readonly size: number;
  readonly depth: number;
  readonly inexact?: string | undefined;
}

type MapNode = Extract<ParsedNode, { items: readonly { key: unknown }[] }>;
type SeqNode = Exclude<Extract<ParsedNode, { items: unknown[] }>, MapNode>;

/** Ends a conversion that must not go on. */
class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Syntax tree to plain JSON values: merge keys applied, aliases shared, keys as texts, each key once. The depth of the tree is
 * bounded by whoever composed it, so recursion is safe.
 */
export function convertYaml(
  contents: ParsedNode | null,
  text: string,
): { places: YamlPlaces | null; problems: readonly Problem[] } {
  const converter = new YamlConverter(text);
  try {
    return { places: converter.run(contents), problems: converter.problems };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { places: null, problems: [...converter.problems, error.problem] };
  }
}

class YamlConverter {
  readonly problems: Problem[] = [];
  readonly #text: string;
  readonly #places = new YamlPlaces();
  /** The last node of each anchor so far; null while it is being converted. */
  readonly #anchors = new Map<string, Converted | null>();
  #nodes = 0;
  /** Sum over all aliases of what they stand for: at most what the root expands to. */
  #aliased = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(contents: ParsedNode | null): YamlPlaces {
    this.#places.root = this.#convert(contents).value;
    this.#places.rootPlace = { key: null, value: this.#spanOf(contents, 0) };
    return this.#places;
  }

  #convert(node: ParsedNode | null): Converted {
    this.#nodes++;
    if (node === null) return { value: null, size: 1, depth: 0 };
    if (isAlias(node)) return this.#target(node);
    const anchor = node.anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, null);
    const converted = isScalar(node)
      ? this.#scalar(node)
      : isMap(node)
        ? this.#map(node)
        : this.#sequence(node);
    if (anchor !== undefined) this.#anchors.set(anchor, converted);
    return this.#checked(converted, node);
  }

  #scalar(node: Scalar): Converted {
    const value = node.value;
    const source = node.source ?? "";
    if (typeof value === "number") {
      const inexact = isInexactYaml(source) ? source : undefined;
      return { value, size: 1, depth: 0, inexact };
    }
    const plain = typeof value === "string" || typeof value === "boolean" || value === null;
    return { value: plain ? value : source, size: 1, depth: 0 };
  }

  #sequence(node: SeqNode): Converted {
    const value: JsonValue[] = [];
    let size = 1;
    let depth = 0;
    for (const item of node.items as (ParsedNode | null)[]) {
      const converted = this.#convert(item);
      this.#places.set(value, String(value.length), {
        place: { key: null, value: this.#spanOf(item, node.range[0]) },
        inexact: converted.inexact,
      });
      value.push(converted.value);
      size += converted.size;
      depth = Math.max(depth, converted.depth);
    }
    return { value, size, depth: depth + 1 };
  }

  #map(node: MapNode): Converted {
    const value: Record<string, JsonValue> = {};
    const own = new Map<string, number>();
    let size = 1;
    let depth = 0;
    for (const pair of node.items as { key: ParsedNode | null; value: ParsedNode | null }[]) {
      const converted = this.#convert(pair.value);
      size += converted.size;
      if (isMergeKey(pair.key)) {
        this.#merge(value, own, converted.value, pair.value ?? pair.key);
        depth = Math.max(depth, converted.depth - 1);
        continue;
      }
      depth = Math.max(depth, converted.depth);
      const keySpan = this.#spanOf(pair.key, node.range[0]);
      const key = this.#keyOf(pair.key, keySpan.start);
      const first = own.get(key);
      if (first === undefined) own.set(key, keySpan.start);
      else this.#duplicate(key, first, keySpan);
      setOwn(value, key, converted.value);
      this.#places.set(value, key, {
        place: { key: keySpan, value: this.#spanOf(pair.value, keySpan.end) },
        inexact: converted.inexact,
      });
    }
    return { value, size, depth: depth + 1 };
  }

  /** `<<: *base` or `<<: [*first, *second]`: members that the map itself does not have, the first of several wins. */
  #merge(
    into: Record<string, JsonValue>,
    own: ReadonlyMap<string, number>,
    source: JsonValue,
    at: ParsedNode,
  ): void {
    const sources = Array.isArray(source) ? (source as readonly JsonValue[]) : [source];
    for (const from of sources) {
      if (typeof from !== "object" || from === null || Array.isArray(from)) {
        throw this.#refused("E005", "`<<` merges maps only, and this is none", at);
      }
      for (const [key, value] of Object.entries(from as JsonObject)) {
        if (own.has(key) || Object.hasOwn(into, key)) continue;
        setOwn(into, key, value);
        const member = this.#places.memberOf(from, key);
        if (member) this.#places.set(into, key, member);
      }
    }
  }

  #target(node: Alias.Parsed): Converted {
    const target = this.#anchors.get(node.source);
    if (target === undefined) {
      throw this.#refused("E005", `the alias ${quote(node.source)} has no anchor before it`, node);
    }
    if (target === null) {
      throw this.#refused(
        "E009",
        `the alias ${quote(node.source)} stands inside of what it refers to`,
        node,
      );
    }
    this.#aliased += target.size;
    if (this.#aliased > maxExpansion) throw this.#expandsTooFar(node);
    return this.#checked(target, node);
  }

  #checked(converted: Converted, node: ParsedNode): Converted {
    if (converted.size > this.#nodes + maxExpansion) throw this.#expandsTooFar(node);
    if (converted.depth > maxNesting) {
      throw this.#refused("E009", `aliases nest more than ${String(maxNesting)} levels deep`, node);
    }
    return converted;
  }

  #expandsTooFar(node: ParsedNode): Refused {
    return this.#refused("E009", "aliases expand to more than a million values", node);
  }

  #keyOf(node: ParsedNode | null, at: number): string {
    if (node === null) return "";
    if (isScalar(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, this.#scalar(node));
      // The text as written: `1.0` is not `1`, and `200` and "200" are one key.
      return node.type === "PLAIN" ? (node.source ?? "") : String(node.value);
    }
    if (isAlias(node)) {
      const { value } = this.#target(node);
      if (typeof value !== "object" || value === null) return String(value);
    }
    throw new Refused({
      code: "E005",
      message: "a key must be a text, not a collection",
      start: at,
      end: node.range[1],
    });
  }

  #duplicate(key: string, first: number, again: { start: number; end: number }): void {
    if (this.problems.length >= maxDuplicates) return;
    const line = this.#text.slice(0, first).split("\n").length;
    this.problems.push({
      code: "E006",
      message: `the key ${quote(key)} stands twice in one object, first in line ${String(line)}`,
      ...again,
      help: "remove one of the two, or rename it",
    });
  }

  #refused(code: "E005" | "E009", message: string, node: ParsedNode): Refused {
    const help = code === "E009" ? "write shared parts as `$ref` instead of aliases" : undefined;
    return new Refused({ code, message, start: node.range[0], end: node.range[1], help });
  }

  /** Offsets of a node without the white space after it; an empty one stands where it would begin. */
  #spanOf(node: ParsedNode | null, fallback: number): { start: number; end: number } {
    if (node === null) return { start: fallback, end: fallback };
    const start = node.range[0];
    let end = node.range[1];
    while (end > start && /\s/.test(this.#text.charAt(end - 1))) end--;
    return { start, end };
  }
}

function isMergeKey(node: ParsedNode | null): node is Scalar.Parsed {
  return isScalar(node) && node.type === "PLAIN" && node.source === "<<";
}

function isInexactYaml(source: string): boolean {
  if (/^[-+]?0[xo]/.test(source)) return !Number.isSafeInteger(Number(source));
  return isInexact(source);
}
