import { quote } from "../../diagnostics/quote.js";

/** How many names or places a message lists; nobody reads more. */
export const mostListed = 10;

/** `"a", "b" and 3 more`. */
export function listNames(names: Iterable<string>): string {
  const shown: string[] = [];
  let count = 0;
  for (const name of names) if (++count <= mostListed) shown.push(quote(name));
  const text = shown.join(", ");
  return count > mostListed ? `${text} and ${String(count - mostListed)} more` : text;
}
