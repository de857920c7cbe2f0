import type { ParamCodec } from "../../ir/api.js";
import { type Codecs } from "../../kernel/canonical.js";
import { dateTimeParam } from "../../kernel/date-time-param.js";
import { jsonParam } from "../../kernel/json-param.js";
import type { ParamCodec as KernelCodec } from "../../kernel/param-codec.js";
import { uuidParam } from "../../kernel/uuid-param.js";
import type { ParamContract } from "./contract.js";

/** The codecs of params by name, as the canonical query asks for them. */
export function codecsOf(params: readonly Pick<ParamContract, "name" | "codec">[]): Codecs {
  return Object.fromEntries(params.map(({ name, codec }) => [name, kernelCodec(codec)]));
}

/** What generated code gives to the kernel for a codec of the IR. */
function kernelCodec(codec: ParamCodec): KernelCodec {
  switch (codec) {
    case "json":
      return jsonParam;
    case "uuid":
    case "uuid[]":
      return uuidParam;
    case "date-time":
    case "date-time[]":
      return dateTimeParam;
    default:
      return codec;
  }
}
