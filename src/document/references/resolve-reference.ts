import { fileOfPointer } from "../../diagnostics/file-of-pointer.js";
import type { Pointer } from "../../diagnostics/diagnostic.js";
import { quote } from "../../diagnostics/quote.js";
import { suggest } from "../../diagnostics/suggest.js";
import type { DocumentFile } from "../document-file.js";
import type { JsonValue, Resolution } from "../document.js";
import { child, stepsOf } from "../pointer.js";
import { isObject, memberAt, valueAtSteps } from "../value-at.js";
import { findTarget } from "./find-target.js";
import { refusal, type LoadFailure } from "./refusal.js";
import { fragmentSteps, rawSteps, splitReference, unreadable } from "./reference-text.js";
import { absolute, baseIdOf, nameKeywords, type Named } from "./schema-index.js";

/** Guesses are made for this many broken references; a document with more has another problem than spelling. */
const mostGuesses = 300;
/** A pointer that leads through more references than this is a trick. */
const mostDetours = 20;

/** What references mean in one document and the files beside it. Answers are kept, as the same few are asked for again and again. */
export class References {
  readonly #root: DocumentFile;
  readonly #files: ReadonlyMap<string, DocumentFile | LoadFailure>;
  readonly #allowRefs: "none" | "files" | "all";
  /** By file and reference: what is found from the root of the file, wherever the reference stands. */
  readonly #fromRoot = new Map<string, Map<string, Resolution>>();
  /** File and reference for which there is nothing there. */
  readonly #notAtRoot = new Set<string>();
  /** By reference and the innermost schema that could hold what it means. */
  readonly #inScope = new Map<string, Resolution>();
  #guesses = 0;
  #detours = 0;

  constructor(
    root: DocumentFile,
    files: ReadonlyMap<string, DocumentFile | LoadFailure>,
    allowRefs: "none" | "files" | "all",
  ) {
    this.#root = root;
    this.#files = files;
    this.#allowRefs = allowRefs;
  }

  fileAt(pointer: Pointer): DocumentFile | undefined {
    const key = fileOfPointer(pointer);
    if (key === "") return this.#root;
    const file = this.#files.get(key);
    return file && "parsed" in file ? file : undefined;
  }

  resolve(reference: string, from: Pointer): Resolution {
    const file = from.startsWith("#") ? this.#root : this.fileAt(from);
    if (!file) return missing(`nothing is known of ${quote(from)}`);
    const known = this.#knownOf(file);
    const kept = known.get(reference);
    if (kept) return kept;

    const atRoot =
      reference.startsWith("#/") && !this.#notAtRoot.has(`${file.pointer}${reference}`)
        ? this.#pointerIn(rootOf(file), reference.slice(1))
        : undefined;
    if (atRoot) {
      known.set(reference, atRoot);
      return atRoot;
    }
    this.#notAtRoot.add(`${file.pointer}${reference}`);
    const scopes = scopesOf(file, from);
    const key = `${scopes[0]?.pointer ?? file.pointer}\n${reference}`;
    let resolution = this.#inScope.get(key);
    if (!resolution) this.#inScope.set(key, (resolution = this.#search(reference, file, scopes)));
    return resolution;
  }

  #knownOf(file: DocumentFile): Map<string, Resolution> {
    const known = this.#fromRoot.get(file.key) ?? new Map<string, Resolution>();
    if (known.size === 0) this.#fromRoot.set(file.key, known);
    return known;
  }

  #search(reference: string, file: DocumentFile, scopes: readonly Named[]): Resolution {
    const { address, fragment } = splitReference(reference);
    if (fragment !== null && unreadable(fragment)?.includes("#") === true)
      return this.#unreadable(reference, fragment);
    if (address !== "") return this.#elsewhere(address, fragment, file, scopes);
    if (fragment === null) return { ...missing("the reference is empty"), code: "E307" };
    if (fragment === "") return this.#whole(file, scopes);
    if (!fragment.startsWith("/")) return this.#anchor(fragment, file, scopes);
    for (const scope of scopes) {
      const found = this.#pointerIn(scope, fragment);
      if (found) return { ...found, local: true };
    }
    const beyond = this.#beyondReferences(file, fragmentSteps(fragment));
    if (beyond) return beyond;
    if (unreadable(fragment) !== undefined) return this.#unreadable(reference, fragment);
    return this.#nothingAt(file, fragmentSteps(fragment));
  }

  /** A pointer inside of a schema, percent-decoded or, failing that, as it stands. */
  #pointerIn(within: Named, fragment: string): (Resolution & { found: true }) | undefined {
    if (fragment.includes("#")) return undefined;
    const decoded = stepInto(within, fragmentSteps(fragment));
    if (decoded || !fragment.includes("%")) return decoded;
    return stepInto(within, rawSteps(fragment));
  }

  /** A pointer that goes on where a `$ref` stands, as bundlers write it: the reference is followed, and the rest read there. */
  #beyondReferences(file: DocumentFile, steps: readonly string[]): Resolution | undefined {
    let at = rootOf(file);
    let followed = 0;
    for (const step of steps) {
      while (memberAt(at.value, step) === undefined) {
        const reference = memberAt(at.value, "$ref");
        if (typeof reference !== "string") return undefined;
        if (++followed + this.#detours > mostDetours) return undefined;
        this.#detours += followed;
        const target = this.resolve(reference, at.pointer);
        this.#detours -= followed;
        if (!target.found) return undefined;
        at = target;
      }
      at = { pointer: child(at.pointer, step), value: memberAt(at.value, step) ?? null };
    }
    return { found: true, ...at, local: true };
  }

  /** `#`: the schema that was pasted in, or the whole of a file that is a schema. The root document is none. */
  #whole(file: DocumentFile, scopes: readonly Named[]): Resolution {
    const [scope] = scopes;
    if (scope) return { found: true, ...scope, local: true };
    if (file !== this.#root) return { found: true, ...rootOf(file), local: false };
    return missing('"#" is the whole OpenAPI document, which is not a schema');
  }

  #anchor(fragment: string, file: DocumentFile, scopes: readonly Named[]): Resolution {
    const name = fragmentSteps(`/${fragment}`).join("/");
    const named = file.index.anchors.get(name) ?? [];
    for (const scope of scopes) {
      const inside = named.find((candidate) => isInside(candidate.pointer, scope.pointer));
      if (inside) return { found: true, ...inside, local: false };
    }
    const [first] = named;
    if (first) return { found: true, ...first, local: false };
    return missing(
      `no schema has the anchor ${quote(name)}`,
      this.#componentLike(name) ?? this.#guess(name, file.index.anchors.keys()),
    );
  }

  /** By `$id` first, then as a file or URL. */
  #elsewhere(
    address: string,
    fragment: string | null,
    file: DocumentFile,
    scopes: readonly Named[],
  ): Resolution {
    let base = file.base;
    for (const scope of scopes.toReversed()) {
      const id = baseIdOf(scope.value);
      if (id !== undefined) base = absolute(id, base);
    }
    const id = absolute(address, base);
    for (const candidate of [file, this.#root, ...this.#files.values()]) {
      const named = "index" in candidate ? candidate.index.ids.get(id) : undefined;
      if (named && "index" in candidate) return this.#within(candidate, named, fragment);
    }
    const target = findTarget(address, file.origin, this.#root.origin);
    if (target.kind === "root") return this.#within(this.#root, rootOf(this.#root), fragment);
    if (target.kind === "refused")
      return { found: false, code: "E306", reason: target.reason, help: target.help };
    const other = this.#files.get(target.key);
    if (other && "parsed" in other) return this.#within(other, rootOf(other), fragment);
    const suggestion = this.#componentLike(address);
    // A bare name is a misunderstanding, not an attempt to read a file.
    if (suggestion !== undefined)
      return missing(`no schema has the $id ${quote(address)}`, suggestion);
    const failure = other ?? refusal(target, this.#root.origin, this.#allowRefs);
    return { found: false, code: "E308", reason: `${quote(address)} was not read`, ...failure };
  }

  #within(file: DocumentFile, named: Named, fragment: string | null): Resolution {
    if (fragment === null || fragment === "") return { found: true, ...named, local: false };
    if (fragment.startsWith("/")) {
      return (
        this.#pointerIn(named, fragment) ??
        this.#nothingAt(file, [...stepsOf(named.pointer), ...fragmentSteps(fragment)])
      );
    }
    const anchored = file.index.anchors
      .get(fragment)
      ?.find((candidate) => isInside(candidate.pointer, named.pointer));
    if (anchored) return { found: true, ...anchored, local: false };
    return missing(`no schema there has the anchor ${quote(fragment)}`);
  }

  /** Names the first step that does not exist, and what stands beside it. */
  #nothingAt(file: DocumentFile, steps: readonly string[]): Resolution {
    let at = rootOf(file);
    for (const step of steps) {
      const value = memberAt(at.value, step);
      if (value === undefined)
        return missing(this.#absence(step, at), this.#guess(step, keysOf(at.value)));
      at = { pointer: child(at.pointer, step), value };
    }
    return missing("there is nothing at that place");
  }

  #absence(step: string, parent: Named): string {
    if (parent.pointer === "#/components/schemas") return `no component ${quote(step)}`;
    if (!isObject(parent.value) && !Array.isArray(parent.value))
      return `nothing inside of ${parent.pointer}, which is no object`;
    return `no ${quote(step)} in ${parent.pointer === "#" ? "the document" : parent.pointer}`;
  }

  #unreadable(reference: string, fragment: string): Resolution {
    return {
      ...missing(
        `${quote(reference)} is no reference: ${unreadable(fragment) ?? "it cannot be read"}`,
      ),
      code: "E307",
    };
  }

  #componentLike(name: string): string | undefined {
    const isComponent =
      valueAtSteps(this.#root.parsed.root, ["components", "schemas", name]) !== undefined;
    return isComponent ? child("#/components/schemas", name) : undefined;
  }

  #guess(name: string, candidates: Iterable<string>): string | undefined {
    return this.#guesses++ < mostGuesses ? suggest(name, candidates) : undefined;
  }
}

function rootOf(file: DocumentFile): Named {
  return { pointer: file.pointer, value: file.parsed.root };
}

function stepInto(
  within: Named,
  steps: readonly string[],
): (Resolution & { found: true }) | undefined {
  const value = valueAtSteps(within.value, steps);
  if (value === undefined) return undefined;
  return {
    found: true,
    pointer: steps.reduce<Pointer>(child, within.pointer),
    value,
    local: false,
  };
}

/** The schemas around a place that look like a document of their own, innermost first; the OpenAPI document is none of them. */
function scopesOf(file: DocumentFile, from: Pointer): Named[] {
  const scopes: Named[] = [];
  let value: JsonValue | undefined = file.parsed.root;
  let isName = false;
  let end = from.indexOf("#") + 1;
  if (file.key !== "" && isScope(value)) scopes.push({ pointer: file.pointer, value });
  while (end < from.length) {
    const next = from.indexOf("/", end + 1);
    const step = unescapeStep(from.slice(end + 1, next === -1 ? from.length : next));
    end = next === -1 ? from.length : next;
    value = memberAt(value, step);
    if (value === undefined) break;
    // Members of `properties` are named freely: one called `definitions` makes no scope of them.
    isName = !isName && nameKeywords.has(step);
    if (!isName && isScope(value)) scopes.push({ pointer: from.slice(0, end), value });
  }
  return scopes.reverse();
}

function unescapeStep(step: string): string {
  return step.includes("~") ? step.replaceAll("~1", "/").replaceAll("~0", "~") : step;
}

function isScope(value: JsonValue): boolean {
  return (
    isObject(memberAt(value, "$defs")) ||
    isObject(memberAt(value, "definitions")) ||
    typeof memberAt(value, "$schema") === "string" ||
    baseIdOf(value) !== undefined
  );
}

function isInside(pointer: Pointer, ancestor: Pointer): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}

function* keysOf(value: JsonValue): Generator<string> {
  if (isObject(value)) yield* Object.keys(value);
}

function missing(reason: string, suggestion?: string): Resolution & { found: false } {
  return { found: false, code: "E300", reason, suggestion };
}
