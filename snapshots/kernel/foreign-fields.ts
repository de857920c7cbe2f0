// The kernel of mizan-gen, vendored under its licence (MIT, see LICENSE in this folder).
// Do not edit: `npx mizan-gen` renews it.
/* eslint-disable */

import type { ReadFields } from "./descriptor.js";
import { isObject } from "./json.js";
import { fieldError } from "./problem.js";

/**
 * The failed fields in the bodies of FastAPI and Ninja (`detail`, a list) and of Django (messages by field): for backends whose
 * validation answers before the protocol does.
 */
export const foreignFields: ReadFields = (body, status) => {
  const { detail } = body;
  if (Array.isArray(detail)) {
    return detail.filter(isObject).map(({ loc, msg: message, type: code }) => {
      const path: readonly unknown[] = Array.isArray(loc) ? loc : [];
      const outer = /^(body|query|path|form)$/.test(String(path[0]));
      return fieldError(outer ? path.slice(1) : path, { message, code });
    });
  }
  if (status !== 400 && status !== 422) return undefined;
  return Object.entries(body).flatMap(([name, messages]) =>
    (Array.isArray(messages) ? messages : []).map((message: unknown) =>
      fieldError(name === "__all__" ? [] : [name], isObject(message) ? message : { message }),
    ),
  );
};
