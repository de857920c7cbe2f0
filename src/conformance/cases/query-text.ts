/** The query of a target, without its question mark. */
export const queryOf = (target: string): string => target.split("?")[1] ?? "";

/** Pairs of a query as one text. */
export const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("&");
