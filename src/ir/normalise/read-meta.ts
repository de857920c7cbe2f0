import { quote } from "../../diagnostics/quote.js";
import type { Diagnostics } from "../../diagnostics/diagnostics.js";
import type { JsonObject } from "../../document/document.js";
import { child } from "../../document/pointer.js";
import { isObject, own } from "../shape/schema-at.js";
import { describeValue } from "./expect-shape.js";
import type { Meta } from "./normal-form.js";
import { membersOf, placed, type Placed } from "./placed.js";
import { readContexts } from "./read-context.js";
import type { Reading } from "./reading.js";
import { metaWords } from "./vocabularies.js";

/** Whether the document says that it is version 1. Another major version is an error: its wire is another (protocol 2.5). */
export function isVersionOne(meta: Placed | undefined, diagnostics: Diagnostics): boolean {
  if (meta === undefined || !isObject(meta.value)) return false;
  const version = own(meta.value, "version");
  if (version === undefined || version === null) return false;
  const pointer = child(meta.pointer, "version");
  const text = typeof version === "number" ? String(version) : version;
  if (typeof text !== "string" || !/^\d+(?:\.\d+)*$/.test(text)) {
    const message = `"version" must be a version such as "1.0", not ${describeValue(version)}`;
    diagnostics.report("E103", pointer, message);
    return false;
  }
  if (/^1(?:\.|$)/.test(text)) return true;
  diagnostics.report(
    "E105",
    pointer,
    `version ${quote(text)} of the Mizan protocol is not supported, only 1.x`,
    { help: "install the version of mizan-gen that belongs to the backend's mizan package" },
  );
  return false;
}

/** `x-mizan`, with the contexts of older producers that stand beside it. */
export function readMeta(
  reading: Reading,
  found: Placed | undefined,
  rootContexts: Placed | undefined,
): Meta {
  const object = found?.value === null ? undefined : reading.expect.object(found, '"x-mizan"');
  if (object === undefined) {
    return { strict: false, contexts: readContexts(reading, rootContexts), extensions: new Map() };
  }
  const { expect } = reading;
  const fields = reading.fields(object, metaWords);
  const version = fields.take("version");
  const contexts = fields.take("contexts") ?? rootContexts;
  return {
    strict: reading.strict,
    pointer: object.pointer,
    version: version === undefined ? undefined : placed(versionText(version), version.pointer),
    producer: expect.text(fields.take("producer"), '"producer"'),
    fingerprint: readFingerprint(reading, fields.take("fingerprint")),
    base: reading.path(fields.take("base"), '"base"'),
    session: readSession(reading, fields.takeNullable("session")),
    features: unique(expect.texts(fields.take("features"), '"features"')?.value),
    limits: readLimits(reading, fields.take("limits")),
    contexts: readContexts(reading, contexts),
    extensions: fields.extensions(reading.diagnostics),
  };
}

/** The names, each once. */
function unique(names: Meta["features"]): Meta["features"] {
  const seen = new Set<string>();
  return names?.filter(({ value }) => {
    const isNew = !seen.has(value);
    seen.add(value);
    return isNew;
  });
}

function versionText({ value }: Placed): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function readFingerprint(reading: Reading, found: Placed | undefined): Meta["fingerprint"] {
  const text = reading.expect.text(found, '"fingerprint"');
  if (text === undefined || /^sha256-[A-Za-z0-9_-]{16,64}$/.test(text.value)) return text;
  return reading.expect.wrong(text, '"fingerprint"', '"sha256-" and a digest in base64url');
}

/** `{path}`; `null` and `false` say that there is no session. */
function readSession(reading: Reading, found: Placed | undefined): Meta["session"] {
  if (found === undefined) return undefined;
  const { value, pointer } = found;
  if (value === null || value === false) return placed(null, pointer);
  if (value === true) return undefined;
  if (typeof value === "string") return reading.path(found, '"session"');
  const object = reading.expect.object(found, '"session"');
  const path = object === undefined ? undefined : own(object.value, "path");
  if (object === undefined) return undefined;
  if (path === undefined) {
    reading.diagnostics.report("E103", pointer, '"session" needs a "path"', {
      help: 'write { "path": "/session/" }, or null when there is no session',
    });
    return undefined;
  }
  return reading.path(placed(path, child(pointer, "path")), '"path"');
}

function readLimits(reading: Reading, found: Placed | undefined): Meta["limits"] {
  const object: Placed<JsonObject> | undefined = reading.expect.object(found, '"limits"');
  if (object === undefined) return undefined;
  const limits = new Map<string, Placed<number>>();
  for (const [name, member] of membersOf(object)) {
    const limit = reading.expect.integer(member, `the limit ${quote(name)}`, 0);
    if (limit !== undefined) limits.set(name, limit);
  }
  return limits;
}
