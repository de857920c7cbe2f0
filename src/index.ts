export { defineConfig } from "./config/define-config.js";
export type { Config, ProjectConfig } from "./config/config.js";
export { check, diff, generate } from "./api.js";
export type {
  ApiOptions,
  ApiResult,
  DiffOptions,
  DiffResult,
  DocumentText,
  FileChange,
  Finding,
  ProjectReport,
} from "./api.js";
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
export type {
  Audience,
  ChangeClass,
  ChangeKind,
  ChangeSubject,
  ContractChange,
  ReachedFunction,
} from "./diff/contract-change.js";
