import type { ApiOptions, Finding, ProjectReport } from "./api.js";

/** What `watch` does, as options. Those of a project win over the config file. */
export interface WatchOptions extends Omit<ApiOptions, "dryRun"> {
  /** Look at the files every now and then, where changes are not announced (some network and container file systems). */
  readonly poll?: boolean | undefined;
  /** Ends the watch when it is aborted, as `close` does. */
  readonly signal?: StopSignal | undefined;
}

/** What is needed of an `AbortSignal`. */
export interface StopSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What happened in a watch. */
export type WatchEvent = WatchedRun | WatchedOutage | WatchedConfig | WatchStarted;

interface Told {
  /** What the command line prints of it, in one line without the time. */
  readonly text: string;
}

interface ToldWithFindings extends Told {
  readonly findings: readonly Finding[];
  /** The findings as the command line prints them, without colours; empty for none. Ends with a line end. */
  readonly details: string;
}

/** A project was generated, or could not be: then its last good output stays. */
export interface WatchedRun extends ToldWithFindings {
  readonly kind: "run";
  readonly project: ProjectReport;
  /** Paths (relative to the cwd) and URLs whose change caused the run; none for the first. */
  readonly changed: readonly string[];
  /** What is new in the contract since the last run without errors, a line each: `~ rename_user: input.name is now optional`. */
  readonly contract: readonly string[];
}

/** The URL of a project gives no document at the moment. Told once for an outage; it is asked again all the time. */
export interface WatchedOutage extends ToldWithFindings {
  readonly kind: "waiting";
  readonly source: string;
}

/** The config has changed. Has it errors, then the one before stays in force, or nothing if there was none. */
export interface WatchedConfig extends ToldWithFindings {
  readonly kind: "config";
}

/** Every project had its first run, or its first failure. */
export interface WatchStarted extends Told {
  readonly kind: "watching";
}

/** A watch that runs. */
export interface Watch {
  /** Resolves when every project had its first run, or its first failure; or when the watch was closed before. */
  readonly ready: Promise<void>;
  /** Ends the watch. Resolves when nothing is open any more; a run that is under way stops before it writes, or is done with writing. */
  close(): Promise<void>;
}

/**
 * Generates, and again whenever the document, a file it refers to, the config or a template changes. A config with errors, even at the
 * start, is reported and waited for. Problems are findings of events: the watch goes on until it is closed. What `onEvent` throws is an
 * uncaught exception, as with any listener.
 *
 * @example
 * const watching = watch({ input: "openapi.json" }, (event) => console.log(event.text));
 * await watching.close();
 */
export function watch(options: WatchOptions, onEvent: (event: WatchEvent) => void): Watch {
  const controller = new AbortController();
  const { signal, ...rest } = options;
  const stop = (): void => controller.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  let isStarted: () => void;
  const started = new Promise<void>((resolve) => (isStarted = resolve));
  const ended = import("./cli/run-watch-api.js").then(({ runWatchApi }) =>
    runWatchApi({ ...rest, signal: controller.signal }, (event) => {
      tell(onEvent, event);
      if (event.kind === "watching") isStarted();
    }).finally(() => signal?.removeEventListener("abort", stop)),
  );
  return {
    ready: Promise.race([started, ended]),
    async close() {
      stop();
      await ended;
    },
  };
}

function tell(onEvent: (event: WatchEvent) => void, event: WatchEvent): void {
  try {
    onEvent(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
