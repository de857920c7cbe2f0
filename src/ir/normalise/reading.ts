import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { JsonObject, Document } from "../../document/document.js";
import { isObject, type SchemaAt } from "../shape/schema-at.js";
import { Expect } from "./expect-shape.js";
import type { Deprecation } from "./normal-form.js";
import { Fields, type Vocabulary } from "./fields.js";
import { isPath, type Operations } from "./operations.js";
import { placed, type Placed } from "./placed.js";
import { deprecationWords } from "./vocabularies.js";
import type { Steps } from "../steps/steps.js";

/** What every reader of a part of the extensions needs, and the readings that several parts share. */
export class Reading {
  readonly steps: Steps;
  readonly document: Document;
  readonly diagnostics: Diagnostics;
  readonly operations: Operations;
  readonly expect: Expect;
  /** Whether the document is a complete version 1, so that what an entry leaves out is meant to be absent. */
  readonly strict: boolean;

  /** @param diagnostics of what is read; those of the steps, unless nobody is to know */
  constructor(
    steps: Steps,
    operations: Operations,
    strict: boolean,
    diagnostics: Diagnostics = steps.diagnostics,
  ) {
    this.steps = steps;
    this.document = steps.document;
    this.diagnostics = diagnostics;
    this.operations = operations;
    this.expect = new Expect(diagnostics);
    this.strict = strict;
  }

  fields(object: Placed<JsonObject>, words: Vocabulary): Fields {
    return new Fields(object, words);
  }

  /** A schema, or the name of one (`"User"`, `"#/components/schemas/User"`). */
  schema(found: Placed | undefined, what: string): SchemaAt | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    if (isObject(value) || typeof value === "boolean") return { schema: value, pointer };
    if (typeof value === "string") return { schema: { $ref: referenceTo(value) }, pointer };
    return this.expect.wrong(found, what, "a schema, or the name of one in components.schemas");
  }

  /** A path on the origin: `/orders/{id}/`. */
  path(found: Placed | undefined, what: string): Placed<string> | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    if (typeof value === "string" && isPath(value)) return placed(value, pointer, found.part);
    return this.expect.wrong(
      found,
      what,
      "a path that starts with one slash and has no query, fragment, space or backslash",
    );
  }

  /** An address that is relative to the server, as those in `paths` are, on the origin. */
  onOrigin(path: Placed<string>): Placed<string> | undefined {
    const value = this.operations.originPath(path.value);
    return this.path({ ...path, value }, "the path of an entry");
  }

  deprecation(found: Placed | undefined): Placed<Deprecation> | undefined {
    if (found === undefined) return undefined;
    const { value, pointer } = found;
    if (typeof value === "boolean") return placed(value, pointer);
    if (typeof value === "string") return placed({ message: value }, pointer);
    if (!isObject(value)) {
      return this.expect.wrong(found, '"deprecated"', "true, false or an object");
    }
    const fields = this.fields(placed(value, pointer), deprecationWords);
    const text = (key: string): string | undefined =>
      this.expect.text(fields.take(key), `"${key}"`)?.value;
    const deprecation = {
      since: text("since"),
      sunset: text("sunset"),
      replacedBy: this.#functionName(fields.take("replacedBy")),
      message: text("message"),
    };
    fields.extensions(this.diagnostics);
    return placed(deprecation, pointer);
  }

  /** The name of a function that an entry refers to; it may be one that the document does not have. */
  #functionName(found: Placed | undefined): string | undefined {
    const name = this.expect.text(found, '"replacedBy"');
    if (name === undefined || /^[A-Za-z][A-Za-z0-9_]{0,127}$/.test(name.value)) return name?.value;
    return this.expect.wrong(name, '"replacedBy"', "the name of a function");
  }
}

/** The reference that a bare name of a component stands for. */
function referenceTo(name: string): string {
  if (name.includes("#")) return name;
  const step = name.replaceAll("~", "~0").replaceAll("/", "~1");
  return `#/components/schemas/${encodeStep(step)}`;
}

/** Percent-encodes a step of a URI fragment. Lone surrogates, which no URI can hold, become U+FFFD. */
function encodeStep(step: string): string {
  return encodeURIComponent(step.replace(/\p{Surrogate}/gu, "\ufffd")).replaceAll("%7E", "~");
}
