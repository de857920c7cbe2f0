import type { JsonObject, JsonValue } from "../../document/document.js";
import { isObject } from "../../document/value-at.js";
import type {
  ContextContract,
  Contract,
  FunctionContract,
  MutationContract,
  ParamContract,
  ViewContract,
} from "../contract/contract.js";
import type { Validate } from "../contract/schema-validator.js";
import { deriveValue, innerSchema } from "./derive-value.js";
import type { SuppliedValues } from "./supplied-values.js";

/** Params or inputs to try, and whether they are more than a guess. */
export interface Choice {
  readonly values: readonly JsonObject[];
  /** Made from the schemas alone: a server that refuses them may be right. */
  readonly derived: boolean;
}

/** What to ask a server with: what was supplied, else the examples of the document, else what the schemas let through. */
export class Values {
  readonly #contract: Contract;
  readonly #supplied: SuppliedValues;
  readonly #validate: Validate;
  /** How often the inputs of a function have been asked for, as not every one can be used twice. */
  readonly #used = new Map<string, number>();

  constructor(contract: Contract, supplied: SuppliedValues, validate: Validate) {
    this.#contract = contract;
    this.#supplied = supplied;
    this.#validate = validate;
  }

  /** By a key with a slash: inputs for a declared error, params for a failing slot. */
  special(key: string): readonly JsonObject[] {
    return this.#supplied.get(key) ?? [];
  }

  /** Params of a whole bundle, put together from those of its functions. */
  paramsOf(context: ContextContract): Choice {
    const lists = context.queries.map((query) => this.#given(query, "params"));
    const length = Math.max(0, ...lists.map((list) => list.length));
    const values = Array.from(
      { length },
      (_, index): JsonObject =>
        Object.assign({}, ...lists.map((list) => list[index] ?? list[0] ?? {})) as JsonObject,
    );
    const complete = values.filter((params) => this.#hasRequired(context.params, params));
    if (complete.length > 0) return { values: complete, derived: false };
    const derived = this.#derivedParams(context.params);
    return { values: [derived], derived: Object.keys(derived).length > 0 };
  }

  paramsOfView(view: ViewContract): Choice {
    const values = this.#given(view, "params").filter((params) =>
      this.#hasRequired(view.params, params),
    );
    if (values.length > 0) return { values, derived: false };
    const derived = this.#derivedParams(view.params);
    return { values: [derived], derived: Object.keys(derived).length > 0 };
  }

  inputsOf(mutation: MutationContract): Choice {
    if (mutation.input === null) return { values: [{}], derived: false };
    const given = this.#given(mutation, "input");
    if (given.length > 0) return { values: given, derived: false };
    const derived = deriveValue(mutation.input, this.#contract.components);
    const fits =
      isObject(derived) &&
      (mutation.files.length > 0 || this.#validate(mutation.input, derived) === undefined);
    return { values: fits ? [derived] : [], derived: true };
  }

  /** The input that has been used least. */
  nextInput(mutation: MutationContract): { input: JsonObject; derived: boolean } | undefined {
    const { values, derived } = this.inputsOf(mutation);
    const used = this.#used.get(mutation.name) ?? 0;
    const input = values[used % values.length];
    this.#used.set(mutation.name, used + 1);
    return input && { input, derived };
  }

  /** An input that the schema refuses, or undefined when it refuses none that we can think of. */
  invalidInput({ input }: MutationContract): JsonObject | undefined {
    if (input === null) return undefined;
    const { components } = this.#contract;
    const properties = innerSchema(input, components)["properties"];
    const names = isObject(properties) ? Object.keys(properties) : [];
    const candidates: JsonObject[] = [{}, ...names.map((name) => ({ [name]: { wrong: [[]] } }))];
    return candidates.find((candidate) => this.#validate(input, candidate) !== undefined);
  }

  #given(fn: FunctionContract, member: "params" | "input"): readonly JsonObject[] {
    const supplied = this.#supplied.get(fn.name);
    if (supplied !== undefined) return supplied;
    return fn.examples
      .flatMap((example): JsonValue[] => {
        if (!isObject(example)) return [];
        return [isObject(example[member] ?? null) ? (example[member] ?? null) : example];
      })
      .filter(isObject);
  }

  #hasRequired(params: readonly ParamContract[], given: JsonObject): boolean {
    return params.every(({ name, required }) => !required || Object.hasOwn(given, name));
  }

  #derivedParams(params: readonly ParamContract[]): JsonObject {
    const required = params.filter((param) => param.required);
    return Object.fromEntries(
      required.map(({ name, schema }) => [name, deriveValue(schema, this.#contract.components)]),
    );
  }
}
