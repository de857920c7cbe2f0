import type { JsonObject, JsonValue } from "../../../src/document/document.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const integer: JsonObject = { type: "integer" };
const text: JsonObject = { type: "string" };
const list = (items: JsonValue): JsonObject => ({ type: "array", items });
const optional = (schema: JsonObject): JsonObject => ({
  anyOf: [schema, { type: "null" }],
  default: null,
});
const object = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: "object",
  additionalProperties: false,
  properties,
  required,
});
const param = (
  name: string,
  schema: JsonObject,
  required = false,
  encoding = "plain",
): JsonObject => ({
  name,
  required,
  schema,
  encoding,
});
const shelfId = [param("shelf_id", integer, true)];
const catalogParams = [
  param("tags", { ...list(text), default: [] }),
  param("in_stock", { type: "boolean", default: false }),
  param("filter", optional(ref("Filter")), false, "json"),
  param("page", { type: "integer", minimum: 1, maximum: 500, default: 1 }),
];
const required: JsonObject = { mode: "required" };
const byShelf: JsonObject = { shelf_id: { from: "input", path: ["shelf_id"] } };

/** The contract of a small server that has one function of every kind. */
export const shelfDocument: JsonObject = {
  openapi: "3.1.0",
  info: { title: "Shelves", version: "1.0.0" },
  paths: {},
  components: {
    schemas: {
      User: object({ id: integer, name: text }),
      Shelf: object({ id: integer, name: { ...text, minLength: 1 }, cover: optional(text) }),
      Item: object({ id: integer, title: text, qty: integer }),
      Book: object({ id: { ...text, format: "uuid" }, title: text }),
      Page: object({ items: list(ref("Book")), total: integer }),
      Filter: object({ author: optional(text) }, []),
      Left: object({ left: integer }),
      LoginInput: object({ name: text, password: text }),
      RenameInput: object({ shelf_id: integer, name: { ...text, minLength: 1, maxLength: 80 } }),
      AddInput: object({ shelf_id: integer, title: { ...text, minLength: 1 } }),
      UpdateInput: object({
        shelf_id: integer,
        item_id: integer,
        qty: { ...integer, minimum: 1, maximum: 99 },
      }),
      CoverInput: object({
        shelf_id: integer,
        image: { ...text, contentMediaType: "application/octet-stream" },
      }),
    },
  },
  "x-mizan": {
    version: "1.0",
    fingerprint: "sha256-0123456789abcdefABCDEF0123456789",
    base: "/",
    session: { path: "/session/" },
    features: ["rev", "only", "idempotency"],
    limits: { urlBytes: 4096, bodyBytes: 100_000 },
    contexts: {
      me: {
        path: "/ctx/me/",
        cache: { scope: "none" },
        functions: ["current_user"],
        params: [],
        scopes: [[]],
      },
      shelf: {
        path: "/ctx/shelf/",
        cache: { scope: "private", ttl: 60 },
        functions: ["shelf_info", "shelf_items"],
        params: shelfId,
        scopes: [["shelf_id"]],
      },
      catalog: {
        path: "/ctx/catalog/",
        cache: { scope: "public", ttl: 300, swr: 60 },
        functions: ["book_list"],
        params: catalogParams,
        scopes: [[]],
      },
    },
  },
  "x-mizan-functions": {
    current_user: {
      kind: "query",
      context: "me",
      params: [],
      output: { anyOf: [ref("User"), { type: "null" }] },
      auth: { mode: "optional" },
    },
    shelf_info: {
      kind: "query",
      context: "shelf",
      params: shelfId,
      output: ref("Shelf"),
      auth: required,
    },
    shelf_items: {
      kind: "query",
      context: "shelf",
      params: shelfId,
      output: list(ref("Item")),
      auth: required,
      key: ["id"],
    },
    book_list: {
      kind: "query",
      context: "catalog",
      params: catalogParams,
      output: ref("Page"),
      auth: { mode: "none" },
      key: ["id"],
      pagination: { style: "page", params: { page: "page" }, items: ["items"], total: ["total"] },
    },
    login: {
      kind: "mutation",
      input: ref("LoginInput"),
      output: ref("User"),
      auth: { mode: "none" },
      session: "change",
      affects: [{ context: "*" }],
      errors: { bad_credentials: { status: 403 } },
    },
    logout: {
      kind: "mutation",
      input: null,
      output: null,
      auth: required,
      session: "change",
      affects: [{ context: "*" }],
    },
    rename_shelf: {
      kind: "mutation",
      input: ref("RenameInput"),
      output: ref("Shelf"),
      auth: required,
      form: { schema: ref("RenameInput"), validate: "/call/rename_shelf?_validate=1" },
      merge: [{ context: "shelf", slot: "shelf_info", mode: "replace", params: byShelf }],
      affects: [{ context: "catalog" }],
    },
    add_item: {
      kind: "mutation",
      input: ref("AddInput"),
      output: ref("Item"),
      auth: required,
      idempotent: true,
      affects: [{ context: "shelf", params: byShelf }],
      errors: { full: { status: 409, schema: ref("Left") } },
    },
    update_item: {
      kind: "mutation",
      input: ref("UpdateInput"),
      output: ref("Item"),
      auth: required,
      merge: [
        { context: "shelf", slot: "shelf_items", mode: "update", key: ["id"], params: byShelf },
      ],
    },
    upload_cover: {
      kind: "mutation",
      input: ref("CoverInput"),
      output: ref("Shelf"),
      auth: required,
      encoding: "multipart",
      files: [{ path: ["image"], maxBytes: 20_000, accept: ["image/png"] }],
      merge: [{ context: "shelf", slot: "shelf_info", mode: "replace", params: byShelf }],
    },
    label: {
      kind: "view",
      method: "GET",
      path: "/shelves/{shelf_id}/label.txt",
      params: [{ ...param("shelf_id", integer, true), in: "path" }],
      produces: ["text/plain"],
      auth: required,
    },
    clear_shelf: {
      kind: "view",
      method: "POST",
      path: "/shelves/{shelf_id}/clear",
      params: [{ ...param("shelf_id", integer, true), in: "path" }],
      produces: ["text/csv"],
      auth: required,
      affects: [{ context: "shelf", params: byShelf }],
    },
  },
};

/** Values by which every case can be run. */
export const shelfValues: JsonObject = {
  shelf_info: [{ shelf_id: 1 }],
  book_list: [{ tags: ["new"], page: 2 }],
  login: [{ name: "Rūmī", password: "masnavi" }],
  rename_shelf: [
    { shelf_id: 1, name: "Poems" },
    { shelf_id: 1, name: "Letters" },
  ],
  add_item: [
    { shelf_id: 1, title: "Divan" },
    { shelf_id: 1, title: "Masnavi" },
  ],
  update_item: [
    { shelf_id: 1, item_id: 1, qty: 5 },
    { shelf_id: 1, item_id: 1, qty: 6 },
  ],
  upload_cover: [{ shelf_id: 1 }],
  label: [{ shelf_id: 1 }],
  clear_shelf: [{ shelf_id: 2 }],
  "shelf/errors": [{ shelf_id: 13 }],
  "add_item/full": [{ shelf_id: 13, title: "One too many" }],
  "login/bad_credentials": [{ name: "Rūmī", password: "wrong" }],
};

export const shelfSignIn = { name: "login", input: { name: "Rūmī", password: "masnavi" } };
