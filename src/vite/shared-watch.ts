import { watch, type Watch, type WatchEvent, type WatchOptions } from "../watch.js";

export type Listener = (event: WatchEvent, isReplayed: boolean) => void;

/** A place among the listeners of a watch. */
export interface Seat {
  /** As of `Watch`. */
  readonly ready: Promise<void>;
  /** Gives the place back; the last one ends the watch. Resolves when nothing is open any more. */
  leave(): Promise<void>;
}

interface Shared {
  readonly watch: Watch;
  readonly listeners: Set<Listener>;
  /** What holds at the moment, by project: a server that joins later needs to know it. */
  readonly state: Map<string, WatchEvent>;
}

const running = new Map<string, Shared>();

/**
 * One watch in this process for equal options, however many servers listen. A dev server that restarts makes its successor before it
 * closes, and some frameworks run two servers at once: neither may watch and write twice.
 */
export function joinWatch(options: WatchOptions, listener: Listener): Seat {
  const key = JSON.stringify(options, (_, value: unknown) => sorted(value));
  const shared = running.get(key) ?? start(key, options);
  for (const event of shared.state.values()) listener(event, true);
  shared.listeners.add(listener);
  return {
    ready: shared.watch.ready,
    async leave() {
      shared.listeners.delete(listener);
      if (shared.listeners.size > 0) return;
      if (running.get(key) === shared) running.delete(key);
      await shared.watch.close();
    },
  };
}

function start(key: string, options: WatchOptions): Shared {
  const listeners = new Set<Listener>();
  const state = new Map<string, WatchEvent>();
  const shared: Shared = {
    listeners,
    state,
    watch: watch(options, (event) => {
      const subject = subjectOf(event);
      if (subject !== null) state.set(subject, event);
      // A config that was read anew may have other projects.
      if (event.kind === "config" && event.findings.length === 0) forgetRuns(state);
      for (const listener of listeners) listener(event, false);
    }),
  };
  running.set(key, shared);
  return shared;
}

/** What an event is about: a later one about the same makes it obsolete. Null when it is about no state. */
export function subjectOf(event: WatchEvent): string | null {
  switch (event.kind) {
    case "run":
      return `project ${event.project.source}`;
    case "waiting":
      return `project ${event.source}`;
    case "config":
      return "config";
    case "watching":
      return null;
  }
}

function forgetRuns(state: Map<string, WatchEvent>): void {
  for (const subject of state.keys()) if (subject !== "config") state.delete(subject);
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
