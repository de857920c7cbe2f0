import type { Case } from "./case.js";
import { bundleCases } from "./cases/bundles.js";
import { cacheCases } from "./cases/cache.js";
import { callCases } from "./cases/calls.js";
import { csrfCases } from "./cases/csrf.js";
import { effectCases } from "./cases/effects.js";
import { endpointCases } from "./cases/endpoints.js";
import { idempotencyCases } from "./cases/idempotency.js";
import { inputCases } from "./cases/inputs.js";
import { multipartCases } from "./cases/multipart.js";
import { orderingCases } from "./cases/ordering.js";
import { paramCases } from "./cases/params.js";
import { problemCases } from "./cases/problems.js";
import { refusalCases } from "./cases/refusals.js";
import { securityCases } from "./cases/security.js";
import { sessionCases } from "./cases/session.js";
import { wrongParamCases } from "./cases/wrong-params.js";

/** Every case, in the order in which they run: what changes something comes after what only reads, and judgements of all answers last. */
export const cases: readonly Case[] = [
  ...endpointCases,
  ...paramCases,
  ...wrongParamCases,
  ...bundleCases,
  ...cacheCases,
  ...callCases,
  ...inputCases,
  ...refusalCases,
  ...effectCases,
  ...sessionCases,
  ...csrfCases,
  ...idempotencyCases,
  ...multipartCases,
  ...orderingCases,
  ...securityCases,
  ...problemCases,
];
