import type { Param } from "../../ir/api.js";
import type { Value } from "../print/code.js";
import { json, kernelValue, nameValue } from "./names.js";

/** `{ page: "number", filter: jsonParam }`: by type where the text is plain, else the kernel's function, which is imported so. */
export function codecs(params: readonly Param[]): Value {
  return {
    kind: "object",
    open: false,
    members: params.map(({ name, codec }) => ({ key: name, value: codecValue(codec) })),
  };
}

function codecValue(codec: Param["codec"]): Value {
  switch (codec) {
    case "json":
      return nameValue(kernelValue("jsonParam"));
    case "uuid":
    case "uuid[]":
      return nameValue(kernelValue("uuidParam"));
    case "date-time":
    case "date-time[]":
      return nameValue(kernelValue("dateTimeParam"));
    default:
      return json(codec);
  }
}
