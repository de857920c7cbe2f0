import { quote } from "../../diagnostics/quote.js";
import type { JsonObject } from "../../document/document.js";
import { isList, isObject } from "../shape/schema-at.js";
import type { AffectEntry, BindingEntry, MergeEntry } from "./normal-form.js";
import { itemsOf, membersOf, placed, type Placed } from "./placed.js";
import type { Reading } from "./reading.js";
import { affectWords, mergeWords, sourceWords } from "./vocabularies.js";

const modes = ["replace", "patch", "update", "upsert", "remove"] as const;

/** `merge` in any of its forms: `"user"`, `["user"]`, `[{context}]`, `{context}`. */
export function readMerges(reading: Reading, found: Placed | undefined): MergeEntry[] | undefined {
  return readTargets(reading, found, '"merge"')?.flatMap((target): MergeEntry[] => {
    if ("name" in target) {
      return [{ pointer: target.name.pointer, context: target.name, extensions: noExtensions }];
    }
    const { expect, diagnostics } = reading;
    const fields = reading.fields(target.object, mergeWords);
    const context = readContext(reading, fields.take("context"), target.object);
    const merge = {
      pointer: target.object.pointer,
      slot: expect.text(fields.take("slot"), '"slot"'),
      mode: expect.oneOf(fields.take("mode"), '"mode"', modes),
      key: expect.key(fields.take("key")),
      at: expect.oneOf(fields.take("at"), '"at"', ["start", "end"]),
      value: expect.segments(fields.take("value"), '"value"'),
      params: readBindings(reading, fields.take("params")),
      onNull: expect.oneOf(fields.take("onNull"), '"onNull"', ["invalidate", "null", "ignore"]),
      extensions: fields.extensions(diagnostics),
    };
    return context === undefined ? [] : [{ ...merge, context }];
  });
}

/** `affects` in any of its forms. */
export function readAffects(
  reading: Reading,
  found: Placed | undefined,
): AffectEntry[] | undefined {
  return readTargets(reading, found, '"affects"')?.flatMap((target): AffectEntry[] => {
    if ("name" in target) {
      return [{ pointer: target.name.pointer, context: target.name, extensions: noExtensions }];
    }
    const fields = reading.fields(target.object, affectWords);
    const context = readContext(reading, fields.take("context"), target.object);
    const affect = {
      pointer: target.object.pointer,
      params: readBindings(reading, fields.take("params")),
      viewers: reading.expect.oneOf(fields.take("viewers"), '"viewers"', ["all", "self"]),
      extensions: fields.extensions(reading.diagnostics),
    };
    return context === undefined ? [] : [{ ...affect, context }];
  });
}

const noExtensions: MergeEntry["extensions"] = new Map();

type Target = { readonly name: Placed<string> } | { readonly object: Placed<JsonObject> };

function readTargets(
  reading: Reading,
  found: Placed | undefined,
  what: string,
): Target[] | undefined {
  if (found === undefined) return undefined;
  const { value, pointer } = found;
  const list = isList(value) ? itemsOf(placed(value, pointer)) : [found];
  return list.flatMap((item): Target[] => {
    if (typeof item.value === "string") return [{ name: placed(item.value, item.pointer) }];
    if (isObject(item.value)) return [{ object: placed(item.value, item.pointer) }];
    reading.expect.wrong(item, what, "a context's name, or an object that names one");
    return [];
  });
}

function readContext(
  reading: Reading,
  found: Placed | undefined,
  target: Placed,
): Placed<string> | undefined {
  if (found === undefined) {
    reading.diagnostics.report("E103", target.pointer, 'a target needs a "context"');
  }
  return reading.expect.text(found, '"context"');
}

/** `params` of a target: the names of those that the input has under the same name, or a source for each. */
function readBindings(reading: Reading, found: Placed | undefined): BindingEntry[] | undefined {
  if (found === undefined) return undefined;
  const { value, pointer } = found;
  if (isObject(value)) {
    return membersOf(placed(value, pointer)).flatMap(([param, member]) => {
      const source = readSource(reading, member);
      const name = placed(param, member.pointer, "key");
      return source === undefined ? [] : [{ param: name, pointer: member.pointer, source }];
    });
  }
  const names = isList(value) || typeof value === "string" ? found : undefined;
  if (names === undefined) {
    return reading.expect.wrong(found, '"params"', "an object that binds params to sources");
  }
  return reading.expect.texts(names, '"params"')?.value.map((param) => ({
    param,
    pointer: param.pointer,
    source: { from: "input", path: placed([param.value], param.pointer) },
  }));
}

function readSource(reading: Reading, found: Placed): BindingEntry["source"] | undefined {
  const { expect, diagnostics } = reading;
  const object = expect.object(found, "the source of a param");
  if (object === undefined) return undefined;
  const fields = reading.fields(object, sourceWords);
  const constant = fields.takeNullable("const");
  const declared = fields.take("from");
  const from = expect.oneOf(declared, '"from"', ["input", "result", "server"]);
  const path = expect.segments(fields.take("path"), '"path"');
  fields.extensions(diagnostics);
  if (declared === undefined) {
    if (constant !== undefined) return { from: "const", value: constant };
    diagnostics.report("E103", found.pointer, 'the source of a param needs "from" or "const"', {
      help: `write { "from": "input", "path": [${quote("user_id")}] }`,
    });
    return undefined;
  }
  if (from === undefined) return undefined;
  if (from.value === "server") return { from: "server" };
  if (path === undefined || path.value.length === 0) {
    if (path !== undefined || !Object.hasOwn(object.value, "path")) {
      diagnostics.report(
        "E103",
        path?.pointer ?? found.pointer,
        `"from": "${from.value}" needs a "path" of at least one step`,
      );
    }
    return undefined;
  }
  return { from: from.value, path };
}
