import {
  bookContext,
  catalogContext,
  meContext,
  ordersContext,
  userContext,
  type BookContextData,
  type CatalogContextData,
  type ContextHandle,
  type Kernel,
  type MeContextData,
  type OrdersContextData,
  type Status,
  type UserContextData,
} from "./mizan";

/** What a visitor has chosen and typed. */
export interface Choices {
  hash: string;
  page: number;
  status: Status | null;
  /** Fields by test id. */
  readonly typed: Map<string, string>;
  /** What the last action came to, by test id. */
  readonly told: Map<string, string>;
}

export const firstChoices = (hash: string): Choices => ({
  hash,
  page: 1,
  status: null,
  typed: new Map([["quantity", "1"]]),
  told: new Map(),
});

/** The contexts of a page; idle where it does not need them, or the params are not known yet. */
export interface Handles {
  readonly me: ContextHandle<MeContextData>;
  readonly user: ContextHandle<UserContextData>;
  readonly catalog: ContextHandle<CatalogContextData>;
  readonly book: ContextHandle<BookContextData>;
  readonly orders: ContextHandle<OrdersContextData>;
}

/** The handles that the page of these choices shows. */
export function handlesOf(mizan: Kernel, choices: Choices): Handles {
  const [page = "", id = ""] = choices.hash.replace(/^#\/?/, "").split("/");
  const me = mizan.registerContext(meContext, {});
  const user_id = me.getState().data?.current_user?.id;
  const ofUser = user_id === undefined ? null : { user_id };
  const author = choices.typed.get("author-filter");
  const list = { page: choices.page, filter: author ? { author } : null };
  return {
    me,
    user: mizan.registerContext(userContext, page === "" || page === "account" ? ofUser : null),
    catalog: mizan.registerContext(catalogContext, page === "" ? list : null),
    book: mizan.registerContext(bookContext, page === "book" ? { book_id: id } : null),
    orders: mizan.registerContext(
      ordersContext,
      page === "orders" && ofUser ? { ...ofUser, status: choices.status } : null,
    ),
  };
}
