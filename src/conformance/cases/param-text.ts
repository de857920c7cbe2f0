import { canonicalQuery } from "../../kernel/canonical.js";
import { codecsOf } from "../contract/codecs.js";
import type { ParamContract } from "../contract/contract.js";
import type { Exchange } from "../http/exchange.js";
import type { Reading } from "../laboratory.js";
import { joined } from "./query-text.js";

/** GET with another text for one param; the text stands as it goes over the wire. */
export function readWith(
  { context, visitor, params }: Reading,
  param: ParamContract,
  text: string,
): Promise<Exchange> {
  const { [param.name]: _, ...others } = params;
  return visitor.read(context, joined(canonicalQuery(others, codecsOf(context.params)), text));
}

/** `name=text`, the text as it goes over the wire. */
export const one = (param: ParamContract, text: string): string => `${param.name}=${text}`;
