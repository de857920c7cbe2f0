// A document of `count` functions, as a backend with one resource for each ten functions would export it. Deterministic: the same count
// gives the same bytes. Everything stands in `paths` too, so that peers read the same contract.

const KINDS = ["draft", "open", "paid", "shipped", "cancelled"];

/** Ten functions a resource: four queries in two contexts, six mutations that merge and invalidate. */
export function synthetic(count) {
  const schemas = {};
  const functions = {};
  const paths = {};
  for (let made = 0, index = 0; made < count; index++) {
    for (const declare of resource(index, schemas)) {
      if (made === count) break;
      const { name, entry, path, method, operation } = declare();
      functions[name] = entry;
      (paths[path] ??= {})[method] = operation;
      made++;
    }
  }
  return {
    openapi: "3.1.0",
    info: { title: `Synthetic ${count}`, version: "1.0.0" },
    servers: [{ url: "https://shop.example" }],
    paths,
    components: { schemas },
    "x-mizan-functions": functions,
  };
}

function resource(index, schemas) {
  const type = `Resource${index}`;
  const name = `resource_${index}`;
  const before = index === 0 ? "Resource0" : `Resource${index - 1}`;
  const ref = (component) => ({ $ref: `#/components/schemas/${component}` });
  const nullable = (schema) => ({ anyOf: [schema, { type: "null" }] });

  schemas[`${type}Kind`] = { type: "string", enum: KINDS.map((kind) => `${kind}_${index % 7}`) };
  schemas[type] = {
    type: "object",
    description: `The resource number ${index}, with everything that a resource has.`,
    required: ["id", "name", "kind", "created", "lines", "tags", "owner"],
    properties: {
      id: { type: "integer" },
      name: { type: "string", minLength: 1, maxLength: 80, description: "As shown to others." },
      kind: ref(`${type}Kind`),
      note: nullable({ type: "string" }),
      created: { type: "string", format: "date-time" },
      active: { type: "boolean", default: true },
      price: { type: "string", format: "decimal" },
      lines: { type: "array", items: ref(`${type}Line`) },
      tags: { type: "array", items: { type: "string" } },
      attributes: { type: "object", additionalProperties: { type: "string" } },
      owner: nullable(ref(before)),
      position: {
        type: "array",
        prefixItems: [{ type: "number" }, { type: "number" }],
        minItems: 2,
        maxItems: 2,
      },
    },
  };
  schemas[`${type}Line`] = {
    type: "object",
    required: ["sku", "quantity"],
    properties: {
      sku: { type: "string" },
      quantity: { type: "integer", minimum: 1, default: 1 },
      comment: { type: "string" },
    },
  };
  schemas[`${type}Page`] = {
    type: "object",
    required: ["items", "next_cursor"],
    properties: {
      items: { type: "array", items: ref(type) },
      next_cursor: nullable({ type: "string" }),
    },
  };
  const input = (verb, properties, required) => {
    schemas[`${verb}${type}Input`] = {
      type: "object",
      required,
      properties,
      additionalProperties: false,
    };
    return ref(`${verb}${type}Input`);
  };

  const id = `${name}_id`;
  const idParam = { name: id, required: true, schema: { type: "integer" }, encoding: "plain" };
  const cursor = {
    name: "cursor",
    required: false,
    schema: { ...nullable({ type: "string" }), default: null },
    encoding: "plain",
  };
  const kind = {
    name: "kind",
    required: false,
    schema: { ...nullable(ref(`${type}Kind`)), default: null },
    encoding: "plain",
  };
  const bind = { [id]: { from: "input", path: [id] } };
  const entity = `${name}_detail`;
  const list = `${name}_list`;
  const auth = { mode: "required" };

  const query =
    (fn, context, params, output, more = {}) =>
    () => ({
      name: fn,
      path: `/query/${fn}`,
      method: "get",
      entry: { kind: "query", context, params, output, auth, summary: `Reads ${fn}.`, ...more },
      operation: {
        operationId: fn,
        summary: `Reads ${fn}.`,
        tags: [name],
        parameters: params.map(({ name: parameter, required, schema }) => ({
          name: parameter,
          in: "query",
          required,
          schema,
        })),
        responses: answer(output),
      },
    });
  const mutation = (fn, schema, output, more) => () => ({
    name: fn,
    path: `/call/${fn}`,
    method: "post",
    entry: { kind: "mutation", input: schema, output, auth, summary: `Does ${fn}.`, ...more },
    operation: {
      operationId: fn,
      summary: `Does ${fn}.`,
      tags: [name],
      requestBody: { required: true, content: { "application/json": { schema } } },
      responses: output === null ? { 204: { description: "Done" } } : answer(output),
    },
  });
  const merge = [{ context: entity, slot: entity, mode: "replace", params: bind }];
  const affects = [{ context: list }];

  return [
    query(entity, entity, [idParam], nullable(ref(type))),
    query(
      `${name}_lines`,
      entity,
      [idParam],
      { type: "array", items: ref(`${type}Line`) },
      { key: ["sku"] },
    ),
    query(list, list, [kind, cursor], ref(`${type}Page`), {
      key: ["id"],
      pagination: {
        style: "cursor",
        params: { cursor: "cursor" },
        items: ["items"],
        next: ["next_cursor"],
      },
    }),
    query(`${name}_count`, `${name}_counts`, [kind], { type: "integer" }),
    mutation(
      `create_${name}`,
      input("Create", { name: { type: "string" }, kind: ref(`${type}Kind`) }, ["name"]),
      ref(type),
      { affects },
    ),
    mutation(
      `rename_${name}`,
      input("Rename", { [id]: { type: "integer" }, name: { type: "string" } }, [id, "name"]),
      ref(type),
      { merge, affects },
    ),
    mutation(
      `tag_${name}`,
      input(
        "Tag",
        { [id]: { type: "integer" }, tags: { type: "array", items: { type: "string" } } },
        [id, "tags"],
      ),
      ref(type),
      { merge },
    ),
    mutation(
      `replace_${name}`,
      input("Replace", { [id]: { type: "integer" }, value: ref(type) }, [id, "value"]),
      ref(type),
      { merge, affects },
    ),
    mutation(
      `add_line_to_${name}`,
      input("AddLineTo", { [id]: { type: "integer" }, line: ref(`${type}Line`) }, [id, "line"]),
      ref(`${type}Line`),
      {
        affects: [{ context: entity, params: bind }],
      },
    ),
    mutation(`delete_${name}`, input("Delete", { [id]: { type: "integer" } }, [id]), null, {
      affects: [...affects, { context: entity, params: bind }],
    }),
  ];
}

function answer(schema) {
  return { 200: { description: "OK", content: { "application/json": { schema } } } };
}
