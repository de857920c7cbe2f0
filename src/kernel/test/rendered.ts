import { renderHydrationScript, type Dehydrated } from "../index.js";
import { data, userContext } from "./bookshop.js";
import { idle, type DeferredServer } from "./deferred-server.js";
import { bench, page } from "./harness.js";

/** What a server renders: its state after reading user 7. */
export async function render(
  answer: (server: DeferredServer) => Promise<void> = (server) => server.one.bundle(data),
): Promise<{ payload: Dehydrated; html: string }> {
  const { mizan, server } = bench({ server: true });
  const read = mizan.fetchContext(userContext, { user_id: 7 }).catch(() => undefined);
  await idle();
  await answer(server);
  await read;
  const payload = mizan.dehydrate();
  return { payload, html: renderHydrationScript(payload) };
}

/** The element of the script in the page. */
export function put(html: string): void {
  page.script = {
    textContent: /<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? "",
  };
}
