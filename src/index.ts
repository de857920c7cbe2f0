export { defineConfig } from "./config/define-config.js";
export type { Config, ProjectConfig } from "./config/config.js";
export { check, generate } from "./api.js";
export type { ApiOptions, ApiResult, FileChange, Finding, ProjectReport } from "./api.js";
export { watch } from "./watch.js";
export type {
  StopSignal,
  Watch,
  WatchedConfig,
  WatchedOutage,
  WatchedRun,
  WatchEvent,
  WatchOptions,
  WatchStarted,
} from "./watch.js";
