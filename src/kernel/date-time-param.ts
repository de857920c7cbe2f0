import { refused, textsOf } from "./canonical.js";

/** The codec of date-times, and of lists of them: a `Date`, or a text of RFC 3339 with an offset. */
export const dateTimeParam = (value: unknown): string[] => textsOf(value, dateTimeText);

/** In UTC, with the zeros at the end of the fraction trimmed; microseconds, which `Date` cannot hold, are kept. */
export function dateTimeText(value: unknown): string {
  const text = value instanceof Date && !isNaN(+value) ? value.toISOString() : String(value);
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.exec(text);
  const date = new Date(parts ? `${parts[1]}${parts[3]}`.toUpperCase() : NaN);
  if (isNaN(+date)) throw refused(`${text} (expected a date-time of RFC 3339 with an offset)`);
  return `${date.toISOString().slice(0, 19)}${parts?.[2]?.replace(/\.?0+$/, "") ?? ""}Z`;
}
