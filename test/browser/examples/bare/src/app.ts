import { actionOf } from "./actions";
import type { Kernel, Status } from "./mizan";
import { firstChoices, handlesOf, type Handles } from "./shown";
import { view } from "./view";

/** Shows the shop in an element, whose content may have come from a server, and keeps it up to date. */
export function startApp(mizan: Kernel, root: HTMLElement): void {
  const choices = firstChoices(location.hash);
  const subscriptions = new Map<string, () => void>();
  let shown = "";

  function follow(handles: Handles): void {
    const wanted = new Map(
      Object.values(handles)
        .filter((handle) => handle.getState().status !== "idle")
        .map((handle) => [handle.key, handle]),
    );
    for (const [key, stop] of subscriptions) {
      if (!wanted.has(key)) {
        stop();
        subscriptions.delete(key);
      }
    }
    for (const [key, handle] of wanted) {
      if (!subscriptions.has(key)) subscriptions.set(key, handle.subscribe(update));
    }
  }

  function update(): void {
    const handles = handlesOf(mizan, choices);
    const next = view(handles, choices);
    if (next !== shown) {
      root.innerHTML = next;
      shown = next;
    }
    follow(handles);
  }

  // What the server sent is what would be shown here, or something is wrong.
  const rendered = root.firstElementChild && root.innerHTML;
  update();
  if (rendered && rendered !== root.innerHTML) console.error("The page differs from the server's.");

  const idOf = ({ target }: Event): string =>
    target instanceof Element
      ? (target.closest<HTMLElement>("[data-testid]")?.dataset["testid"] ?? "")
      : "";
  root.addEventListener("click", (event) => {
    const action = actionOf(idOf(event), mizan, handlesOf(mizan, choices), choices);
    if (action) void Promise.resolve(action()).then(update);
  });
  root.addEventListener("submit", (event) => event.preventDefault());
  root.addEventListener("input", (event) => {
    const id = idOf(event);
    const { value } = event.target as HTMLInputElement;
    if (id === "status-filter") choices.status = (value || null) as Status | null;
    else choices.typed.set(id, value);
    if (id === "author-filter") choices.page = 1;
    // Other fields show what was typed into them already.
    if (id.endsWith("-filter")) update();
  });
  addEventListener("hashchange", () => {
    choices.hash = location.hash;
    choices.told.clear();
    update();
  });
}
