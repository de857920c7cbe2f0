import type { Pointer } from "../../diagnostics/diagnostic.js";
import type { Document } from "../../document/document.js";
import type { QueryEntry } from "../normalise/normal-form.js";
import type { Core } from "../shape/identity.js";
import { followPath } from "../shape/member.js";
import { elementOf, outlineOf, type Outline } from "../shape/outline.js";
import type { Steps } from "../steps/steps.js";
import type { ContextGroup } from "./group-contexts.js";

/** A slot as a merge sees it. */
export interface Slot {
  readonly query: QueryEntry;
  readonly outline: Outline;
  /** The item type of a page: of the declared `pagination.items`, or of a member `items`. Null when the slot is no page. */
  readonly page: Core | null;
}

/** The slots of one context by what they hold, so that a merge finds its slot without looking at all of them. */
export class SlotIndex {
  readonly #slots = new Map<QueryEntry, Slot>();
  readonly #objects = new Map<Pointer, Slot[]>();
  readonly #lists = new Map<Pointer, Slot[]>();
  readonly #pages = new Map<Pointer, Slot[]>();

  constructor(steps: Steps, group: ContextGroup) {
    for (const query of group.slots.values()) {
      const slot = describeSlot(steps, query);
      this.#slots.set(query, slot);
      add(this.#objects, slot.outline.identity, slot);
      add(this.#lists, slot.outline.element?.identity, slot);
      add(this.#pages, slot.page?.identity, slot);
    }
  }

  of(query: QueryEntry): Slot | undefined {
    return this.#slots.get(query);
  }

  /** Slots whose output is the type itself. */
  objects(type: Pointer): readonly Slot[] {
    return this.#objects.get(type) ?? [];
  }

  lists(element: Pointer): readonly Slot[] {
    return this.#lists.get(element) ?? [];
  }

  pages(item: Pointer): readonly Slot[] {
    return this.#pages.get(item) ?? [];
  }
}

/** Each query is asked about more than once: by merges, by lists that stay untouched, by the key of its items. */
export function describeSlot(steps: Steps, query: QueryEntry): Slot {
  return steps.share("slot", query.pointer, [query], () => {
    const { document } = steps;
    const outline = outlineOf(document, query.output);
    return { query, outline, page: pageOf(document, query, outline) };
  });
}

/** The slots of a context, also for several steps. */
export function slotsOf(steps: Steps, group: ContextGroup): SlotIndex {
  return steps.share("slots", group.name.value, [group], () => new SlotIndex(steps, group));
}

function pageOf(document: Document, query: QueryEntry, outline: Outline): Core | null {
  if (outline.element !== null) return null;
  const found = followPath(document, outline.core.at, query.pagination?.items?.value ?? ["items"]);
  return found.kind === "found" ? elementOf(document, found.at) : null;
}

function add(map: Map<Pointer, Slot[]>, key: Pointer | null | undefined, slot: Slot): void {
  if (key === null || key === undefined) return;
  const slots = map.get(key);
  if (slots === undefined) map.set(key, [slot]);
  else slots.push(slot);
}
