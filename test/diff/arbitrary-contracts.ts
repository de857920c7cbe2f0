import fc from "fast-check";

/** A schema in plain data, to be changed by a test. */
export type Schema = { readonly [key: string]: unknown };

const componentNames = ["Person", "Place", "Colour", "Tree", "Shape"] as const;

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const memberName = fc.constantFrom("a", "b", "c", "d");
const text = fc.constantFrom("red", "green", "blue", "grey");

const scalar: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(
    { type: "string" },
    { type: "string", format: "date-time" },
    { type: "integer" },
    { type: "boolean" },
    { type: "null" },
    {},
  ),
  fc.uniqueArray(text, { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
  fc.constantFrom<Schema>({ const: "red" }, { const: 3 }, { const: true }),
);

const { schema, object } = fc.letrec<{
  schema: Schema;
  object: Schema & { properties: Schema; required: string[] };
}>((tie) => {
  const objects = fc
    .record({
      properties: fc.dictionary(memberName, tie("schema"), { maxKeys: 3 }),
      required: fc.uniqueArray(memberName, { maxLength: 3 }),
      additionalProperties: fc.option(fc.oneof(fc.constant(true), tie("schema")), {
        nil: undefined,
        freq: 5,
      }),
    })
    .map(({ properties, required, additionalProperties }) => ({
      type: "object",
      // A member that all have: TypeScript refuses an object that shares no member with a type of optional ones.
      properties: { ...properties, t: { type: "boolean" } },
      required: [...required.filter((name) => Object.hasOwn(properties, name)), "t"],
      ...(additionalProperties === undefined ? {} : { additionalProperties }),
    }));
  const nullable = tie("schema").map((inner) => ({ anyOf: [inner, { type: "null" }] }));
  return {
    object: objects,
    schema: fc.oneof(
      { maxDepth: 2, depthIdentifier: "contract" },
      scalar,
      scalar,
      fc.constantFrom(...componentNames).map(ref),
      objects,
      objects,
      nullable,
      tie("schema").map((items) => ({ type: "array", items })),
      fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((prefixItems) => ({
        type: "array",
        prefixItems,
        items: false,
        minItems: prefixItems.length,
      })),
      fc.array(tie("schema"), { minLength: 2, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc
        .uniqueArray(fc.constantFrom("circle", "square", "line"), { minLength: 2, maxLength: 3 })
        .chain((tags) =>
          fc.tuple(...tags.map(() => objects)).map((variants) => ({
            oneOf: variants.map((variant, index) => ({
              ...variant,
              properties: { ...variant.properties, kind: { const: tags[index] } },
              required: [...variant.required, "kind"],
            })),
          })),
        ),
      fc
        .tuple(fc.constantFrom("Person", "Place").map(ref), objects)
        .map(([base, more]) => ({ allOf: [base, withOwnNames(more)] })),
      fc
        .record({
          values: tie("schema"),
          required: fc.uniqueArray(text, { maxLength: 2 }),
        })
        .map(({ values, required }) => ({
          type: "object",
          propertyNames: { enum: ["red", "green", "blue"] },
          additionalProperties: values,
          required: required.filter((name) => name !== "grey"),
        })),
    ),
  };
});

/** The object with names that no other has: members that contradict each other make types without values. */
function withOwnNames({
  properties,
  required,
}: {
  properties: Schema;
  required: string[];
}): Schema {
  const rename = (name: string): string => (name === "t" ? name : `own_${name}`);
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [rename(name), value]),
    ),
    required: required.map(rename),
  };
}

/** Components that schemas refer to; `Tree` leads back to itself. */
const components: fc.Arbitrary<Record<string, Schema>> = fc.record({
  // Both stand in an `allOf`: TypeScript lets an intersection with an index pass where the index alone would not.
  Person: object.map(({ additionalProperties: _, ...closed }) => closed),
  Place: object.map(({ additionalProperties: _, ...closed }) => closed),
  Colour: fc.uniqueArray(text, { minLength: 2, maxLength: 4 }).map((values) => ({ enum: values })),
  Tree: object.map((base) => ({
    ...base,
    properties: {
      ...base["properties"],
      children: { type: "array", items: ref("Tree") },
    },
  })),
  Shape: fc.tuple(object, object).map(([circle, square]) => ({
    oneOf: [circle, square].map((variant, index) => ({
      ...variant,
      properties: {
        ...variant["properties"],
        kind: { const: ["circle", "square"][index] },
      },
      required: [...variant["required"], "kind"],
    })),
  })),
});

export interface Contracts {
  readonly before: Contract;
  readonly after: Contract;
}

export interface Contract {
  readonly components: Record<string, Schema>;
  /** Of each mutation, in the order of their names `fn_0`, `fn_1` ... */
  readonly functions: readonly { readonly input: Schema; readonly output: Schema }[];
}

/** One edit: which of the places it fits, and what is done there. */
interface Edit {
  readonly at: number;
  readonly kind: "required" | "member" | "drop" | "rename" | "null" | "value" | "list" | "replace";
  readonly schema: Schema;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(1000),
  kind: fc.constantFrom<Edit["kind"]>(
    "required",
    "member",
    "drop",
    "rename",
    "null",
    "value",
    "list",
    "replace",
  ),
  schema,
});

/** A contract, and what edits at random places made of it. */
export function contracts(functions: number): fc.Arbitrary<Contracts> {
  const one = fc.record({ input: object, output: schema });
  const changes = fc.array(edit, { maxLength: 2 });
  return fc
    .record({
      components,
      functions: fc.array(fc.record({ was: one, input: changes, output: changes }), {
        minLength: functions,
        maxLength: functions,
      }),
      changed: fc.record(
        {
          // What stands in an `allOf` stays an object: others make types without values.
          Person: edit.filter(({ kind }) => !["list", "null", "replace"].includes(kind)),
          ...{ Colour: edit, Tree: edit, Shape: edit },
        },
        { requiredKeys: [] },
      ),
    })
    .map((given) => ({
      before: {
        components: given.components,
        functions: given.functions.map(({ was }) => was),
      },
      after: {
        components: Object.fromEntries(
          Object.entries(given.components).map(([name, value]) => {
            const change = (given.changed as Record<string, Edit | undefined>)[name];
            return [name, change === undefined ? value : applyEdit(value, change)];
          }),
        ),
        functions: given.functions.map(({ was, input, output }) => ({
          input: input.reduce(applyEdit, was.input),
          output: output.reduce(applyEdit, was.output),
        })),
      },
    }));
}

/** The document of a contract. */
export function documentOf({ components: schemas, functions }: Contract): Schema {
  return {
    openapi: "3.1.0",
    info: { title: "Random", version: "1" },
    paths: {},
    components: { schemas },
    "x-mizan-functions": Object.fromEntries(
      functions.map(({ input, output }, index) => [
        `fn_${String(index)}`,
        { kind: "mutation", input, output, auth: { mode: "none" } },
      ]),
    ),
  };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The schemas inside of a schema, itself first, each with what puts another in its place. */
function places(
  node: Schema,
  put: (replacement: Schema) => Schema,
): { readonly node: Schema; readonly put: (replacement: Schema) => Schema }[] {
  const below = Object.entries(node).flatMap(([key, value]) => {
    if (key === "properties" && isSchema(value)) {
      return Object.entries(value).flatMap(([name, inner]) =>
        isSchema(inner) && name !== "kind" && name !== "t"
          ? places(inner, (next) => put({ ...node, properties: { ...value, [name]: next } }))
          : [],
      );
    }
    if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(key) && Array.isArray(value)) {
      return (value as unknown[]).flatMap((inner, index) => {
        if (!isSchema(inner)) return [];
        const found = places(inner, (next) =>
          put({ ...node, [key]: value.with(index, next) as unknown }),
        );
        // A part of an `allOf` stays an object.
        return key === "allOf" ? found.slice(1) : found;
      });
    }
    return (key === "items" || key === "additionalProperties") && isSchema(value)
      ? places(value, (next) => put({ ...node, [key]: next }))
      : [];
  });
  return [{ node, put }, ...below];
}

function applyEdit(root: Schema, change: Edit): Schema {
  const fitting = places(root, (next) => next).flatMap(({ node, put }) => {
    const next = edited(node, change);
    return next === null ? [] : [put(next)];
  });
  return fitting[change.at % fitting.length] ?? root;
}

/** The schema after the edit; null where it does not fit. */
function edited(node: Schema, { kind, at, schema: other }: Edit): Schema | null {
  const properties = isSchema(node["properties"]) ? node["properties"] : null;
  const required = Array.isArray(node["required"]) ? (node["required"] as string[]) : [];
  const own = Object.keys(properties ?? {}).filter((name) => name !== "t" && name !== "kind");
  const name = own[at % own.length];
  switch (kind) {
    case "required":
      if (name === undefined) return null;
      return {
        ...node,
        required: required.includes(name)
          ? required.filter((one) => one !== name)
          : [...required, name],
      };
    case "member":
      if (properties === null) return null;
      return {
        ...node,
        properties: { ...properties, extra: other },
        required: at % 2 === 0 ? required : [...required, "extra"],
      };
    case "drop":
    case "rename": {
      if (properties === null || name === undefined) return null;
      const { [name]: dropped, ...rest } = properties;
      const isNeeded = required.includes(name);
      const others = required.filter((one) => one !== name);
      return kind === "drop"
        ? { ...node, properties: rest, required: others }
        : {
            ...node,
            properties: { ...rest, fresh: dropped },
            required: isNeeded ? [...others, "fresh"] : others,
          };
    }
    case "null":
      return Array.isArray(node["allOf"]) ? null : { anyOf: [node, { type: "null" }] };
    case "value": {
      const values = node["enum"];
      if (!Array.isArray(values)) return null;
      return {
        enum:
          at % 2 === 0 || values.length < 2 ? [...(values as unknown[]), "new"] : values.slice(1),
      };
    }
    case "list":
      return { type: "array", items: node };
    case "replace":
      return other;
  }
}
