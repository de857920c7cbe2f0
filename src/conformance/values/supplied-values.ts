import { didYouMean, suggest } from "../../diagnostics/suggest.js";
import type { JsonObject, JsonValue } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import { isList } from "../../ir/shape/schema-at.js";
import type { Contract } from "../contract/contract.js";

/**
 * What `--values` gives: by the name of a function a list of its params or inputs; by `place_order/out_of_stock` inputs that a
 * function answers with that declared error; by `user/errors` params with which some slot of a context fails.
 */
export type SuppliedValues = ReadonlyMap<string, readonly JsonObject[]>;

/** Something in the file is not as it must be; each message says what and where. */
export class ValuesError extends Error {
  override readonly name = "ValuesError";
  readonly messages: readonly string[];

  constructor(messages: readonly string[]) {
    super(messages.join("; "));
    this.messages = messages;
  }
}

/** @throws ValuesError */
export function readSuppliedValues(value: unknown, contract: Contract): SuppliedValues {
  if (!isObject(value as JsonValue))
    throw new ValuesError(["the values are an object: function to list of inputs"]);
  const known = knownKeys(contract);
  const faults: string[] = [];
  const supplied = new Map<string, readonly JsonObject[]>();
  for (const [key, list] of Object.entries(value as JsonObject)) {
    if (!known.has(key)) {
      faults.push(
        `${JSON.stringify(key)} is no function of the document${didYouMean(suggest(key, known))}`,
      );
    } else if (!isList(list) || !list.every(isObject)) {
      faults.push(
        `${JSON.stringify(key)} must be a list of objects, each the params or the input of one request`,
      );
    } else supplied.set(key, list);
  }
  if (faults.length > 0) throw new ValuesError(faults);
  return supplied;
}

function knownKeys({ contexts, mutations, views }: Contract): ReadonlySet<string> {
  const functions = [...contexts.flatMap(({ queries }) => queries), ...mutations, ...views];
  return new Set([
    ...functions.map(({ name }) => name),
    ...contexts.map(({ name }) => `${name}/errors`),
    ...functions.flatMap(({ name, errors }) => errors.map(({ code }) => `${name}/${code}`)),
  ]);
}
