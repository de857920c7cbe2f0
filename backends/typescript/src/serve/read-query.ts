import { JsonFault } from "../json/json-fault.js";
import { tooLarge } from "../problem/problems.js";

/** Bounds of protocol 3.10. */
const mostNames = 32;
const mostItems = 100;

/**
 * The names and texts of a query. Percent-encoding must be UTF-8, which has no lone surrogates; `+` is a space, as forms write it.
 *
 * @throws JsonFault, MizanProblem
 */
export function readQuery(search: string): ReadonlyMap<string, readonly string[]> {
  const query = new Map<string, string[]>();
  for (const pair of search.replace(/^\?/, "").split("&")) {
    if (pair === "") continue;
    const [name = "", ...rest] = pair.split("=");
    const key = decode(name);
    const texts = query.get(key);
    if (texts === undefined) query.set(key, [decode(rest.join("="))]);
    else texts.push(decode(rest.join("=")));
    if (query.size > mostNames) throw tooLarge(414, `more than ${mostNames} params`);
    if (texts !== undefined && texts.length > mostItems) {
      throw tooLarge(414, `more than ${mostItems} values of one param`);
    }
  }
  return query;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new JsonFault("percent-encoding that is not UTF-8");
  }
}
