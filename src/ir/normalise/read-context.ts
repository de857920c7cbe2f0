import { quote } from "../../diagnostics/quote.js";
import type { JsonObject } from "../../document/document.js";
import { isList, isObject } from "../shape/schema-at.js";
import type { CacheEntry, ContextEntry } from "./normal-form.js";
import { itemsOf, membersOf, placed, type Placed } from "./placed.js";
import { readParams } from "./read-params.js";
import type { Reading } from "./reading.js";
import { cacheWords, contextWords } from "./vocabularies.js";

/** The declared contexts: a map by name, or a list of names and of contexts with a name (protocol 2.5). */
export function readContexts(
  reading: Reading,
  found: Placed | undefined,
): Map<string, ContextEntry> {
  const contexts = new Map<string, ContextEntry>();
  const add = (context: ContextEntry | undefined): void => {
    if (context === undefined) return;
    const { name } = context;
    const other = contexts.get(name.value);
    if (other === undefined) {
      contexts.set(name.value, context);
      return;
    }
    const message = `the context ${quote(name.value)} stands twice`;
    reading.diagnostics.report("E101", name.pointer, message, {
      part: name.part,
      related: [{ pointer: other.pointer, message: "the other" }],
    });
  };
  if (found === undefined) return contexts;
  const { value, pointer } = found;
  if (isObject(value)) {
    for (const [key, member] of membersOf(placed(value, pointer))) {
      add(
        reading.steps.run("context entry", member.pointer, [member.value], () => {
          const object =
            member.value === null
              ? placed({}, member.pointer)
              : reading.expect.object(member, `the context ${quote(key)}`);
          if (object === undefined) return undefined;
          return readContext(reading, object, placed(key, member.pointer, "key"));
        }),
      );
    }
  } else if (isList(value)) {
    for (const item of itemsOf(placed(value, pointer))) {
      if (typeof item.value === "string") {
        add(readContext(reading, placed({}, item.pointer), placed(item.value, item.pointer)));
        continue;
      }
      const object = reading.expect.object(item, "a context");
      if (object !== undefined) add(readContext(reading, object));
    }
  } else {
    reading.expect.wrong(found, '"contexts"', "an object of contexts by name");
  }
  return contexts;
}

function readContext(
  reading: Reading,
  object: Placed<JsonObject>,
  key?: Placed<string>,
): ContextEntry | undefined {
  const { expect, diagnostics } = reading;
  const fields = reading.fields(object, contextWords);
  const named = fields.take("name");
  const name = key ?? expect.text(named, '"name"');
  if (name === undefined) {
    if (named === undefined) {
      diagnostics.report("E103", object.pointer, 'a context of a list needs a "name"');
    }
    return undefined;
  }
  const params = fields.take("params");
  return {
    name,
    pointer: object.pointer,
    path: reading.path(fields.take("path"), '"path"'),
    functions: expect.texts(fields.take("functions"), '"functions"'),
    params:
      params === undefined
        ? undefined
        : placed(
            readParams(reading, params, reading.operations.ofContext(name.value)),
            params.pointer,
          ),
    cache: readCache(reading, fields.take("cache")),
    scopes: readScopes(reading, fields.take("scopes")),
    summary: expect.text(fields.take("summary"), '"summary"'),
    description: expect.text(fields.take("description"), '"description"'),
    deprecated: reading.deprecation(fields.take("deprecated")),
    extensions: fields.extensions(diagnostics),
  };
}

function readCache(reading: Reading, found: Placed | undefined): CacheEntry | undefined {
  const { expect, diagnostics } = reading;
  const object = expect.object(found, '"cache"');
  if (object === undefined) return undefined;
  const fields = reading.fields(object, cacheWords);
  const declared = fields.take("scope");
  if (declared === undefined) {
    diagnostics.report("E103", object.pointer, '"cache" needs a "scope"', {
      help: 'write { "scope": "none" }, "private" or "public"',
    });
  }
  const cache = {
    scope: expect.oneOf(declared, '"scope"', ["none", "private", "public"]),
    ttl: expect.integer(fields.take("ttl"), '"ttl"', 0),
    swr: expect.integer(fields.take("swr"), '"swr"', 0),
    tags: readTags(reading, fields.take("tags")),
    vary: expect.texts(fields.take("vary"), '"vary"')?.value,
  };
  fields.extensions(diagnostics);
  return cache.scope === undefined ? undefined : { ...cache, scope: cache.scope };
}

function readTags(reading: Reading, found: Placed | undefined): CacheEntry["tags"] {
  return reading.expect.texts(found, '"tags"')?.value.filter((tag) => {
    if (/^[a-z0-9][a-z0-9._-]{0,127}$/.test(tag.value)) return true;
    reading.expect.wrong(tag, "a cache tag", "lower-case letters, digits, dots, _ and -");
    return false;
  });
}

function readScopes(reading: Reading, found: Placed | undefined): ContextEntry["scopes"] {
  const list = reading.expect.list(found, '"scopes"');
  if (list === undefined) return undefined;
  const scopes = itemsOf(list).flatMap((item) => {
    const names = reading.expect.texts(item, "a scope");
    return names === undefined ? [] : [names];
  });
  return placed(scopes, list.pointer);
}
