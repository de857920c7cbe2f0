import type { Api, Binding } from "../../ir/api.js";
import type { TypeNode } from "../../ir/type-node.js";
import {
  api,
  boolean,
  context,
  contract,
  list,
  mutation,
  named,
  nothing,
  number,
  object,
  oneOf,
  param,
  query,
  ref,
  string,
  union,
  view,
} from "./build.js";

const orNull = (type: TypeNode): TypeNode => union(type, nothing);
const uuid = { type: string, docs: { tags: [{ name: "format", text: "uuid" }] } };
const dateTime = { type: string, docs: { tags: [{ name: "format", text: "date-time" }] } };

function byInput(name: string): Binding {
  return { param: name, source: { from: "input", path: [name] } };
}

const userId = param("user_id", number, { codec: "number" });
const orderId = param("order_id", number, { codec: "number" });

/** The bookshop of the protocol (fixtures/protocol/bookshop.json), as the IR would hold it. */
export const bookshop: Api = api({
  title: "Bookshop",
  version: "2.1.0",
  contract: {
    ...contract,
    producer: "mizan-fastapi/0.1.0",
    fingerprint: "sha256-4a39d34370330673a311eca4a345f653",
    features: ["rev", "only", "idempotency"],
    limits: { urlBytes: 4096, bodyBytes: 1048576 },
  },
  types: [
    named("Address", object({ id: number, line1: string, city: string }), "out"),
    named("Book", object({ id: uuid, title: string, price: string, in_stock: boolean }), "out"),
    named(
      "CatalogFilter",
      object({ "author?": orNull(string), "price_max?": union(number, string, nothing) }),
      "in",
    ),
    named("Country", object({ code: string, name: string }), "out"),
    named(
      "Order",
      object({
        id: number,
        user_id: number,
        status: ref("Status"),
        total: string,
        placed: dateTime,
      }),
      "out",
    ),
    named("OrderLine", object({ id: number, book_id: uuid, qty: number })),
    named("OutOfStock", object({ book_id: uuid, left: number }), "out"),
    named("PageBook", object({ items: list(ref("Book")), next_cursor: orNull(string) }), "out"),
    named("PageOrder", object({ items: list(ref("Order")), next_cursor: orNull(string) }), "out"),
    named("PlaceOrderInput", object({ user_id: number, lines: list(ref("OrderLine")) }), "in"),
    named("ProfileForm", object({ name: string, email: string }), "in"),
    named("RemoveLineInput", object({ order_id: number, line_id: number }), "in"),
    named("Removed", object({ id: number }), "out"),
    named("Status", oneOf("open", "paid", "shipped")),
    named("UpdateLineInput", object({ order_id: number, line_id: number, qty: number }), "in"),
    named("UpdateProfileInput", object({ user_id: number, form: ref("ProfileForm") }), "in"),
    named("UploadAvatarInput", object({ user_id: number, image: { kind: "blob" } }), "in"),
    named(
      "User",
      object({
        id: number,
        name: string,
        email: string,
        avatar_url: orNull(string),
        joined: dateTime,
      }),
      "out",
    ),
  ],
  contexts: [
    context("user", {
      params: [userId],
      docs: { summary: "Everything about one user." },
      queries: [
        query("user_profile", ref("User"), {
          params: ["user_id"],
          input: object({ user_id: number }),
          docs: { summary: "The profile of one user." },
        }),
        query("user_addresses", list(ref("Address")), {
          params: ["user_id"],
          input: object({ user_id: number }),
        }),
      ],
    }),
    context("orders", {
      params: [
        userId,
        param("status", orNull(ref("Status")), { required: false }),
        param("cursor", orNull(string), { required: false }),
      ],
      queries: [query("user_orders", ref("PageOrder"), { input: object({ user_id: number }) })],
    }),
    context("order", {
      params: [orderId],
      queries: [
        query("order_detail", orNull(ref("Order")), { input: object({ order_id: number }) }),
        query("order_lines", list(ref("OrderLine")), { input: object({ order_id: number }) }),
      ],
    }),
    context("catalog", {
      cache: { scope: "public", ttl: 300 },
      params: [
        param("tags", list(string), { required: false, codec: "string[]" }),
        param("in_stock", boolean, { required: false, codec: "boolean" }),
        param("filter", orNull(ref("CatalogFilter")), { required: false, codec: "json" }),
        param("page", number, { required: false, codec: "number" }),
      ],
      queries: [query("book_list", ref("PageBook"), { input: object({ "page?": number }) })],
    }),
    context("reference", {
      cache: { scope: "public", ttl: 86400 },
      queries: [query("countries", list(ref("Country")))],
    }),
  ],
  mutations: [
    mutation("update_profile", {
      input: ref("UpdateProfileInput"),
      output: ref("User"),
      form: {
        type: ref("ProfileForm"),
        at: ["form"],
        validate: "call/update_profile?_validate=1",
        fields: [
          {
            path: ["name"],
            required: true,
            sensitive: false,
            constraints: { minLength: 1, maxLength: 80 },
          },
          {
            path: ["email"],
            required: true,
            sensitive: false,
            widget: "email",
            label: "E-mail",
            constraints: {},
          },
        ],
      },
      merges: [
        {
          context: "user",
          slot: "user_profile",
          mode: "replace",
          key: [],
          value: [],
          params: [byInput("user_id")],
          onNull: "invalidate",
        },
      ],
      affects: [{ context: "orders", params: [byInput("user_id")], viewers: "all" }],
    }),
    mutation("upload_avatar", {
      input: ref("UploadAvatarInput"),
      output: ref("User"),
      encoding: "multipart",
      files: [{ path: ["image"], multiple: false, accept: ["image/png", "image/jpeg"] }],
      merges: [
        {
          context: "user",
          slot: "user_profile",
          mode: "replace",
          key: [],
          value: [],
          params: [byInput("user_id")],
          onNull: "invalidate",
        },
      ],
    }),
    mutation("place_order", {
      input: ref("PlaceOrderInput"),
      output: ref("Order"),
      idempotent: true,
      affects: [
        { context: "orders", params: [byInput("user_id")], viewers: "all" },
        { context: "catalog", params: [], viewers: "all" },
      ],
      errors: [{ code: "out_of_stock", status: 409, data: ref("OutOfStock") }],
    }),
    mutation("remove_line", {
      input: ref("RemoveLineInput"),
      output: ref("Removed"),
      merges: [
        {
          context: "order",
          slot: "order_lines",
          mode: "remove",
          key: ["id"],
          value: [],
          params: [byInput("order_id")],
          onNull: "invalidate",
        },
      ],
      affects: [{ context: "order", params: [byInput("order_id")], viewers: "all" }],
    }),
    mutation("logout", {
      argument: "none",
      session: "change",
      affects: [{ context: "*", params: [], viewers: "all" }],
    }),
  ],
  views: [
    view("invoice_pdf", {
      path: "/orders/{order_id}/invoice.pdf",
      params: [param("order_id", number, { in: "path", codec: "number" })],
      paramsType: object({ order_id: number }),
      produces: ["application/pdf"],
      docs: { deprecated: "since 2.1.0, use order_detail" },
    }),
  ],
});
