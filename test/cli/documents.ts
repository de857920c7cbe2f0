interface ShopOptions {
  /** How many resources, each with a query and a mutation. */
  readonly resources?: number;
  /** Members of each resource beside `id` and `name`. */
  readonly members?: Readonly<Record<string, object>>;
  readonly functions?: Readonly<Record<string, object>>;
}

/** A document with a context `thing_0` (query `thing_0_detail`) and a mutation `rename_thing_0`, and so on. */
export function shop({ resources = 1, members = {}, functions = {} }: ShopOptions = {}): object {
  const numbers = Array.from({ length: resources }, (_, index) => index);
  const schema = (index: number): object => ({
    type: "object",
    required: ["id", "name"],
    properties: {
      id: { type: "integer" },
      name: { type: "string", description: `The name of thing ${index}.` },
      ...members,
    },
  });
  const bind = { thing_id: { from: "input", path: ["thing_id"] } };
  return {
    openapi: "3.1.0",
    info: { title: "Shop", version: "1.0.0" },
    paths: {},
    components: {
      schemas: Object.fromEntries(numbers.map((index) => [`Thing${index}`, schema(index)])),
    },
    "x-mizan": { version: "1.0" },
    "x-mizan-functions": {
      ...Object.fromEntries<object>(
        numbers.flatMap((index): [string, object][] => [
          [
            `thing_${index}_detail`,
            {
              kind: "query",
              context: `thing_${index}`,
              auth: { mode: "none" },
              params: [{ name: "thing_id", required: true, schema: { type: "integer" } }],
              output: { $ref: `#/components/schemas/Thing${index}` },
            },
          ],
          [
            `rename_thing_${index}`,
            {
              kind: "mutation",
              auth: { mode: "none" },
              input: {
                type: "object",
                required: ["thing_id", "name"],
                properties: { thing_id: { type: "integer" }, name: { type: "string" } },
              },
              output: { $ref: `#/components/schemas/Thing${index}` },
              merge: [{ context: `thing_${index}`, params: bind }],
            },
          ],
        ]),
      ),
      ...functions,
    },
  };
}

/** A function that changes nothing it knows of: one warning (W221). */
export const silentMutation = {
  touch: {
    kind: "mutation",
    auth: { mode: "none" },
    input: { type: "object", properties: {} },
    output: { $ref: "#/components/schemas/Thing0" },
  },
};
