import type { CatalogContextParams } from "./mizan";

export const paramsOf = (page: number, author: string): CatalogContextParams => ({
  page,
  filter: author === "" ? null : { author },
});

/** What the list shows first, for a server to read it ahead. */
export const firstPage = paramsOf(1, "");
