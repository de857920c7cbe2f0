import { canonicalQuery } from "./canonical.js";
import { now, type Cache } from "./cache.js";
import type { ContextDescriptor } from "./descriptor.js";
import type { Entry, SlotErrors } from "./entry.js";
import type { MizanError } from "./error.js";
import type { Dehydrated, DehydratedEntry, DehydratedError } from "./hydration.js";
import type { InvalidateItem } from "./invalidate-header.js";
import { isSelected, selectionOf } from "./match.js";
import { receiveBundle, receiveInvalidation } from "./ordering.js";
import { errorOf } from "./problem.js";
import { isObject } from "./share.js";

/** What came before the entries that it concerns: invalidations, and state that a server rendered. */
export interface Past {
  /** Keeps an invalidation for entries that are made or hydrated later. `origin`: the payload that it came with. */
  remember(item: InvalidateItem, origin?: Dehydrated): void;
  /** Lets a new entry know the revisions that it must reach. */
  recall(entry: Entry): void;
  /** Takes a payload. Its entries are filled in once their contexts are known. */
  hydrate(payload: Dehydrated): void;
  /** Fills in what waited for a context. */
  absorb(context: ContextDescriptor): void;
  /** Forgets what is private. */
  clear(): void;
}

interface Waiting {
  readonly item: DehydratedEntry;
  readonly payload: Dehydrated;
}

const LIMIT = 100;

export function createPast(cache: Cache): Past {
  const log: { readonly item: InvalidateItem; readonly origin: Dehydrated | undefined }[] = [];
  const waiting = new Map<string, Waiting[]>();

  function remember(item: InvalidateItem, origin?: Dehydrated): void {
    log.push({ item, origin });
    if (log.length > LIMIT) log.shift();
  }

  function recall(entry: Entry, payload?: Dehydrated): void {
    const { context } = entry;
    for (const { item, origin } of log) {
      if (item.context !== context.name && item.context !== "*") continue;
      // A read that is still to be sent brings everything that has no number; hydrated data may be older.
      if (item.rev === undefined && (!payload || origin === payload)) continue;
      const selection = selectionOf(context, item.params);
      if (!selection || isSelected(entry, selection)) receiveInvalidation(entry, item.rev);
    }
  }

  function hydrate(payload: Dehydrated): void {
    for (const item of payload.entries) {
      if (!isObject(item) || typeof item.context !== "string" || !isObject(item.params)) continue;
      waiting.set(item.context, [...(waiting.get(item.context) ?? []), { item, payload }]);
    }
    for (const scope of cache.scopes.values()) absorb(scope.context);
  }

  function absorb(context: ContextDescriptor): void {
    const items = waiting.get(context.name) ?? [];
    waiting.delete(context.name);
    for (const { item, payload } of items) {
      try {
        fill(context, item, payload);
      } catch {
        // Params that cannot be read: nobody can ask for them either.
      }
    }
  }

  function fill(context: ContextDescriptor, item: DehydratedEntry, payload: Dehydrated): void {
    const { params, data, rev, errors, error, age = 0 } = item;
    const entry = cache.entryAt(context, canonicalQuery(params, context.params), params);
    // Only revisions can tell that a payload is newer than what this page has read itself.
    if (entry.updatedAt !== undefined && !(rev !== undefined && rev > (entry.rev ?? Infinity)))
      return;
    if (isObject(data)) {
      const answer = { data, rev, errors: slotErrors(errors), params: undefined };
      receiveBundle(entry, { sent: 0, epoch: entry.fresh }, answer);
      entry.updatedAt = now() - age;
    } else if (isObject(error)) entry.error = revive(context.name, error);
    if (error) receiveInvalidation(entry);
    recall(entry, payload);
    cache.touch(entry);
    if (!entry.listeners.size) entry.hydrated = entry.state;
  }

  return {
    remember,
    recall,
    hydrate,
    absorb,
    clear: () => waiting.clear(),
  };
}

function slotErrors(errors: DehydratedEntry["errors"]): SlotErrors | undefined {
  if (!isObject(errors) || !Object.keys(errors).length) return undefined;
  return Object.fromEntries(
    Object.entries(errors).map(([slot, error]) => [slot, revive(slot, error)]),
  );
}

const revive = (source: string, error: DehydratedError): MizanError =>
  errorOf(source, Number(error.status) || 500, error);
