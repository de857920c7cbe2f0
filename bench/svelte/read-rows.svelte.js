import { createMizan } from "@client/index.ts";
import { useCatalogContext } from "@client/svelte/index.ts";
import { flushSync } from "svelte";

const count = 10_000;
const rounds = 50;

/** Median milliseconds of one reading of all rows: plain, through the adapter, and proxied by `$state`. */
export async function readRows() {
  const items = Array.from({ length: count }, (_, id) => ({ id: String(id), price: "1.00" }));
  const data = { book_list: { items, next_cursor: null } };
  const fetch = () => Promise.resolve(Response.json({ mizan: 1, context: "catalog", data }));
  const mizan = createMizan({ baseUrl: "/", fetch, broadcast: false, server: false });
  let catalog;
  const stop = $effect.root(() => {
    catalog = useCatalogContext(undefined, { mizan });
  });
  await catalog.load();
  const proxy = $state({ items: items.map((item) => ({ ...item })) });
  const ways = {
    raw: () => data.book_list.items,
    adapter: () => catalog.slots.book_list.items,
    proxied: () => proxy.items,
  };
  // All are warm before one is measured.
  for (const rows of Object.values(ways)) median(rows);
  const result = Object.fromEntries(Object.entries(ways).map(([way, rows]) => [way, median(rows)]));
  stop();
  mizan.destroy();
  return result;
}

function median(rows) {
  const times = Array.from({ length: rounds }, () => time(rows)).sort((a, b) => a - b);
  return times[rounds >> 1];
}

/** An effect reads every row once. */
function time(rows) {
  let taken = 0;
  const stop = $effect.root(() => {
    $effect(() => {
      const start = performance.now();
      let sum = 0;
      for (const { price } of rows()) sum += price.length;
      if (sum !== count * 4) throw new Error("not all rows were read");
      taken = performance.now() - start;
    });
  });
  flushSync();
  stop();
  return taken;
}
