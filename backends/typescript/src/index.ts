export { createRegistry, userType, Registry } from "./registry/registry.js";
export type { RegistryOptions, RunTransaction, UserType } from "./registry/registry.js";
export type { Call, Fail, ReadCall } from "./registry/call.js";
export type {
  AffectDeclaration,
  AuthDeclaration,
  AuthMode,
  CacheDeclaration,
  ContextDeclaration,
  Deprecation,
  ErrorDeclaration,
  FileDeclaration,
  FormDeclaration,
  MergeDeclaration,
  MergeMode,
  MutationDeclaration,
  PaginationDeclaration,
  QueryDeclaration,
  ViewDeclaration,
} from "./registry/declaration.js";
export type { Contract, Limits } from "./registry/contract.js";
export type { Finding } from "./registry/findings.js";
export { RegistryError } from "./registry/registry-error.js";
export { constant, input, result, server, type Source } from "./registry/sources.js";
export { named } from "./schema/named.js";
export type { SchemaConverter } from "./schema/convert-schema.js";
export type { StandardSchema } from "./schema/standard-schema.js";
export { exportDocument, printDocument, type OpenApiDocument } from "./document/export-document.js";
export { canonicalQuery, type Encoding } from "./canonical/canonical-query.js";
export { cacheKey, type CacheKeyParts } from "./canonical/cache-key.js";
export { MizanProblem, type FieldProblem, type ProblemDetails } from "./problem/mizan-problem.js";
export { forbidden, notFound, unauthenticated, invalid } from "./problem/problems.js";
export { createHandler, type Handler } from "./serve/create-handler.js";
export type { HandlerOptions } from "./serve/server-options.js";
export type { OpenSession, SessionProvider } from "./session/session-provider.js";
export { memorySessions, type MemorySessionsOptions } from "./session/memory-sessions.js";
export type { Bump, Bumped, RevisionStore } from "./revisions/revision-store.js";
export { memoryRevisions, type MemoryRevisionsOptions } from "./revisions/memory-revisions.js";
export type { Claim, IdempotencyStore, StoredAnswer } from "./idempotency/idempotency-store.js";
export {
  memoryIdempotency,
  type MemoryIdempotencyOptions,
} from "./idempotency/memory-idempotency.js";
