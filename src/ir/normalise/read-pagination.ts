import type { JsonObject } from "../../document/document.js";
import { membersOf, placed, type Placed } from "./placed.js";
import type { PaginationEntry } from "./normal-form.js";
import type { Reading } from "./reading.js";
import { paginationWords } from "./vocabularies.js";

function isEmpty({ value }: Placed<JsonObject>): boolean {
  return Object.keys(value).length === 0;
}

const roles = ["cursor", "page", "offset", "limit"] as const;

export function readPagination(
  reading: Reading,
  found: Placed | undefined,
): PaginationEntry | undefined {
  const { expect, diagnostics } = reading;
  const object = expect.object(found, '"pagination"');
  if (object === undefined) return undefined;
  const fields = reading.fields(object, paginationWords);
  const declared = fields.take("style");
  const style = expect.oneOf(declared, '"style"', ["cursor", "page", "offset"]);
  if (declared === undefined) {
    const message = '"pagination" needs a "style": "cursor", "page" or "offset"';
    diagnostics.report("E103", object.pointer, message);
  }
  const params = new Map<(typeof roles)[number], Placed<string>>();
  const byRole = expect.object(fields.take("params"), '"params"');
  if (byRole === undefined ? !Object.hasOwn(object.value, "params") : isEmpty(byRole)) {
    const message = '"pagination" needs "params": the params that turn the page, by their role';
    diagnostics.report("E103", byRole?.pointer ?? object.pointer, message, {
      help: 'write { "cursor": "..." }, or "page", "offset", "limit"',
    });
  }
  for (const [key, member] of byRole === undefined ? [] : membersOf(byRole)) {
    const role = expect.oneOf(placed(key, member.pointer, "key"), "the role of a param", roles);
    const name = expect.text(member, "the name of a param");
    if (role !== undefined && name !== undefined) params.set(role.value, name);
  }
  const pagination = {
    pointer: object.pointer,
    params,
    items: expect.segments(fields.take("items"), '"items"'),
    next: expect.segments(fields.take("next"), '"next"'),
    prev: expect.segments(fields.take("prev"), '"prev"'),
    total: expect.segments(fields.take("total"), '"total"'),
    extensions: fields.extensions(diagnostics),
  };
  return style === undefined ? undefined : { ...pagination, style };
}
