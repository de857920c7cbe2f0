import { JsonFault } from "../json/json-fault.js";
import { ParamFault } from "../schema/decode-param.js";
import { MizanProblem } from "./mizan-problem.js";
import { invalid, malformed } from "./problems.js";

/**
 * What was thrown, as a problem. Faults of the request say what is wrong with it; everything else is `internal` with a fixed text: what an
 * error says is for the log, not for the caller.
 *
 * @param report receives what nobody expected
 */
export function toProblem(
  cause: unknown,
  report: (cause: unknown, instance: string) => void,
): MizanProblem {
  if (cause instanceof MizanProblem) return cause;
  if (cause instanceof JsonFault) return malformed(`the request holds ${cause.message}`);
  if (cause instanceof ParamFault) {
    const { path, code, message } = cause;
    return invalid([{ path, code, message }]);
  }
  const instance = `urn:uuid:${crypto.randomUUID()}`;
  report(cause, instance);
  return new MizanProblem(500, "internal", { title: "Internal error", instance });
}
