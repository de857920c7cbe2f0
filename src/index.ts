export { defineConfig } from "./config/define-config.js";
export type { Config, ProjectConfig } from "./config/config.js";
export { check, generate } from "./api.js";
export type { ApiOptions, ApiResult, FileChange, Finding, ProjectReport } from "./api.js";
