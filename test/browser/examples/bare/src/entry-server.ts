import { createMizan, renderHydrationScript } from "./mizan";
import { firstChoices, handlesOf } from "./shown";
import { view } from "./view";

/** The first page, with all that it shows. */
export async function render(options: {
  readonly baseUrl: string;
  readonly headers: Record<string, string>;
}): Promise<{ html: string; state: string }> {
  const mizan = createMizan({ ...options, server: true });
  const choices = firstChoices("");
  const { me } = handlesOf(mizan, choices);
  await me.load();
  const handles = handlesOf(mizan, choices);
  const loads = Object.values(handles).filter((handle) => handle.getState().status !== "idle");
  await Promise.all(loads.map((handle) => handle.load()));
  const page = { html: view(handles, choices), state: renderHydrationScript(mizan.dehydrate()) };
  mizan.destroy();
  return page;
}
