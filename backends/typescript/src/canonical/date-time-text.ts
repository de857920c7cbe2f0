import { JsonFault } from "../json/json-fault.js";

/**
 * An RFC 3339 date-time in UTC, the zeros at the end of its fraction trimmed. Digits that `Date` cannot hold are kept.
 *
 * @throws JsonFault for a date-time without an offset, which names no instant
 */
export function dateTimeText(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  const date = new Date(parts ? `${parts[1]}${parts[3]}`.toUpperCase() : NaN);
  if (Number.isNaN(+date)) throw new JsonFault("a date-time that is not RFC 3339 with an offset");
  return `${date.toISOString().slice(0, 19)}${parts?.[2]?.replace(/\.?0+$/, "") ?? ""}Z`;
}
