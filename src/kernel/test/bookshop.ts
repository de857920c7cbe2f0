import type { ContextDescriptor, Contract, MutationDescriptor } from "../descriptor.js";
import {
  foreignFields,
  headerEffects,
  jsonParam,
  mergeParts,
  mutation,
  withIdempotencyKey,
  type MizanError,
  type Mutation,
  type StandardErrorCode,
} from "../index.js";

export const contract: Contract = {
  fingerprint: "sha256-test",
  base: "/api/",
  session: "session/",
  readFields: foreignFields,
  readEffects: headerEffects,
};

export type User = { id: number; name: string };
export type Order = { id: number; qty: number };

export type UserContextParams = { user_id: number; page?: number | undefined };
export type UserContextData = { user_profile: User | null; user_orders: Order[] };

/** What the generator writes for the context `user`. */
export const userContext: ContextDescriptor<"user", UserContextParams, UserContextData> = {
  kind: "context",
  contract,
  name: "user",
  path: "ctx/user/",
  params: { user_id: "number", page: "number" },
  slots: ["user_profile", "user_orders"],
};

export type CatalogContextParams = {
  tags?: string[];
  filter?: { author: string } | null;
  page?: number;
};
export type CatalogContextData = { book_list: { items: { id: string; title: string }[] } };

export const catalogContext: ContextDescriptor<
  "catalog",
  CatalogContextParams,
  CatalogContextData
> = {
  kind: "context",
  contract,
  name: "catalog",
  path: "ctx/catalog/",
  params: { tags: "string[]", filter: jsonParam, page: "number" },
  slots: ["book_list"],
  scope: "public",
};

export type RenameUserInput = { user_id: number; name: string };
export type RenameUserTargets = { user: { user_profile: User | null } };

export const renameUser: Mutation<
  "rename_user",
  RenameUserInput,
  User,
  MizanError<StandardErrorCode>,
  RenameUserTargets
> = /* @__PURE__ */ mutation({
  contract,
  name: "rename_user",
  path: "call/rename_user",
  targets: [{ context: "user", slot: "user_profile", params: { user_id: ["user_id"] } }],
  merge: mergeParts,
});

export type OutOfStock = { left: number };
export type PlaceOrderInput = { user_id: number; qty: number };
export type PlaceOrderError =
  MizanError<StandardErrorCode> | MizanError<"out_of_stock", OutOfStock>;

export const placeOrder: Mutation<
  "place_order",
  PlaceOrderInput,
  Order,
  PlaceOrderError,
  { user: { user_orders: Order[] } }
> = /* @__PURE__ */ mutation({
  contract,
  name: "place_order",
  path: "call/place_order",
  targets: [
    { context: "user", slot: "user_orders", params: { user_id: ["user_id"] } },
    { context: "catalog" },
  ],
  errors: ["out_of_stock"],
  idempotent: withIdempotencyKey,
});

export const logout: Mutation<"logout", void, null> = /* @__PURE__ */ mutation({
  contract,
  name: "logout",
  path: "call/logout",
  session: "change",
});

export const alice: User = { id: 7, name: "Alice" };
export const data: UserContextData = { user_profile: alice, user_orders: [{ id: 1, qty: 1 }] };

export type AnyMutation = MutationDescriptor;
