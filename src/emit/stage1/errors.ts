import type { DeclaredError } from "../../ir/api.js";
import type { CodeType, Statement, TypeStyle } from "../print/code.js";
import { generic, kernelType, kernelValue, nameValue, own, ownType, parameter } from "./names.js";

/** The kernel's `StandardErrorCode`, as a test holds it against the kernel. */
export const standardErrorCodes: ReadonlySet<string> = new Set(
  (
    "malformed protocol_unsupported idempotency_key_missing unauthenticated forbidden csrf_failed unknown_function unknown_context " +
    "not_found method not_acceptable content_type conflict idempotency_in_flight gone precondition too_large validation " +
    "idempotency_key_reused rate_limited unavailable internal network timeout aborted bad_response session_failed invalid_params http"
  ).split(" "),
);

/** `MizanError<StandardErrorCode> | MizanError<"sold_out", SoldOut>`: what `catch` may hold, told apart by `code`. */
export function errorType(errors: readonly DeclaredError[]): CodeType {
  const declared = new Map(errors.map((error) => [error.code, error]));
  const redefined = [...declared.keys()].filter((code) => standardErrorCodes.has(code));
  const standard = generic(kernelType("StandardErrorCode"));
  // Else `code === "not_found"` would leave both, and `data` unknown.
  const others =
    redefined.length === 0
      ? standard
      : generic({ name: "Exclude", typeOnly: true }, standard, union(redefined.map(text)));
  return union([
    generic(kernelType("MizanError"), others),
    ...[...declared.values()].map(({ code, data }) =>
      generic(kernelType("MizanError"), text(code), ...(data === null ? [] : [data])),
    ),
  ]);
}

/** `isRenameUserError`: narrows what `catch` holds. */
export function errorGuard(names: {
  readonly value: string;
  readonly error: string;
  readonly isError: string;
}): Statement {
  return {
    kind: "function",
    name: names.isError,
    parameters: [{ name: "error", type: { kind: "unknown" }, optional: false }],
    returns: { kind: "guard", type: ownType(names.error) },
    body: {
      kind: "call",
      callee: kernelValue("isErrorOf"),
      arguments: [nameValue(own(names.value)), parameter("error")],
    },
  };
}

export function exportError(
  name: string,
  errors: readonly DeclaredError[],
  style: TypeStyle,
): Statement {
  return { kind: "alias", name, exported: true, type: errorType(errors), style };
}

const text = (value: string): CodeType => ({ kind: "literal", value });

function union(members: readonly CodeType[]): CodeType {
  const [only] = members;
  return members.length === 1 && only !== undefined ? only : { kind: "union", members };
}
