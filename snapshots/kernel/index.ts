// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

export type * from "./descriptor.js";
export type * from "./mizan.js";
export type * from "./state.js";
export type { KernelEvent } from "./event.js";
export type { InvalidateItem } from "./effect.js";
export type { MergeItem } from "./merge.js";
export type { Dehydrated, DehydratedEntry, DehydratedError } from "./payload.js";
export type { FieldError, MizanErrorDetails, StandardErrorCode } from "./error.js";
export type { Mutation } from "./functions.js";
export type { MutationHandle, MutationState, MutationStatus } from "./mutation.js";
export type { SlotState } from "./slot.js";
export type { ViewOptions } from "./view.js";
export { configureDefault } from "./default.js";
export { MizanError } from "./error.js";
export { fetchContext, isErrorOf, mutation } from "./functions.js";
export { renderHydrationScript } from "./payload.js";
export { createKernel } from "./kernel.js";
export { pollContext } from "./poll.js";
export { createMutation } from "./mutation.js";
export { slotState } from "./slot.js";
export { dateTimeParam } from "./date-time-param.js";
export { jsonParam } from "./json-param.js";
export { uuidParam } from "./uuid-param.js";
export { mergeParts } from "./merge-parts.js";
export { multipartBody } from "./multipart.js";
export { withIdempotencyKey } from "./idempotency.js";
export { latestOnly, oneByOne } from "./concurrency.js";
export { foreignFields } from "./foreign-fields.js";
export { headerEffects } from "./effect.js";
export { inspect } from "./inspect.js";
export { fetchView, viewUrl } from "./view.js";
