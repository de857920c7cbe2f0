import { resolve } from "node:path";
import { findConfig } from "../config/find-config.js";
import type { WatchedRun, WatchEvent, WatchOptions } from "../watch.js";
import { cwdOf, loadApiProjects } from "./api-projects.js";
import { findingsForApi, projectReport, textOfFindings } from "./api-report.js";
import type { LoadedProjects } from "./load-projects.js";
import type { Findings } from "./report-diagnostics.js";
import { findingsOf } from "./session.js";
import { describeChange } from "../diff/describe-change.js";
import { causeName, describeEvent } from "./watch/describe-run.js";
import {
  refuseStandardInput,
  watchProjects,
  type WatchEvent as InnerEvent,
} from "./watch/watch-projects.js";

/** `watch` of the programmatic API, until the signal is aborted. */
export async function runWatchApi(
  options: Omit<WatchOptions, "signal"> & { readonly signal: AbortSignal },
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  const { poll = false, force = false, signal, ...rest } = options;
  const cwd = cwdOf(options);
  await watchProjects(
    {
      cwd,
      poll,
      force,
      signal,
      async load(fresh) {
        try {
          const loaded = await loadApiProjects(rest, fresh);
          refuseStandardInput(loaded);
          return loaded;
        } catch (error) {
          if (fresh) throw error;
          onEvent({
            kind: "config",
            ...told(findingsOf(error)),
            text: "the config has errors; waiting for a better one",
          });
          return nothingYet(options, cwd);
        }
      },
    },
    (event) => onEvent(outer(event, cwd)),
  );
}

/** No projects, and the file whose change may bring some: the config that is wrong, or the one to be written. */
function nothingYet({ configFile }: WatchOptions, cwd: string): LoadedProjects {
  if (configFile === false) return { projects: [], configFile: undefined };
  const file = configFile ?? findConfig(cwd) ?? "mizan.config.ts";
  return { projects: [], configFile: resolve(cwd, file) };
}

function outer(event: InnerEvent, cwd: string): WatchEvent {
  const text = describeEvent(event, cwd);
  switch (event.kind) {
    case "run":
      return {
        kind: "run",
        project: projectReport(event.result),
        ...told(event.result),
        changed: event.changed.map((file) => causeName(cwd, file)),
        contract: event.contract.map(describeChange),
        text,
      };
    case "waiting":
      return {
        kind: "waiting",
        source: event.project.document,
        ...told({ diagnostics: event.diagnostics, document: null }),
        text,
      };
    case "config":
      return {
        kind: "config",
        ...told(event.failed ?? { diagnostics: [], document: null }),
        text,
      };
    case "watching":
      return { kind: "watching", text };
  }
}

function told(findings: Findings): Pick<WatchedRun, "findings" | "details"> {
  return { findings: findingsForApi(findings), details: textOfFindings(findings) };
}
