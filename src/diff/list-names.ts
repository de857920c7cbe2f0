const mostNamed = 4;

/** `a`, `a and b`, `a, b, c, d and 3 more`. */
export function listNames(names: readonly string[], last: "and" | "or" = "and"): string {
  const named = names.slice(0, mostNamed);
  const more = names.length - named.length;
  if (more > 0) return `${named.join(", ")} ${last} ${String(more)} more`;
  const final = named.pop() ?? "";
  return named.length === 0 ? final : `${named.join(", ")} ${last} ${final}`;
}
