import { forbidden, notFound } from "mizan-server";
import { z } from "zod";
import type { Bookshop } from "./registry.ts";
import { centsOf, countries, shop, type Account, type StoredOrder } from "./shop.ts";
import {
  Address,
  Book,
  BookPage,
  CatalogFilter,
  Country,
  Favourites,
  Order,
  OrderLine,
  OrderPage,
  Status,
  User,
} from "./types.ts";

const pageSize = 12;
const cursorSize = 10;

/** Another user's data is forbidden; a user that is not there is not found. */
export function ownAccount(user_id: number, user: Account): Account {
  if (!shop().users.has(user_id)) throw notFound();
  if (user_id !== user.id) throw forbidden();
  return user;
}

/** An order of the user; null when there is none of this number. */
export function ownOrder(
  orders: ReadonlyMap<number, StoredOrder>,
  order_id: number,
  user: Account,
): StoredOrder | null {
  const order = orders.get(order_id);
  if (order !== undefined && order.user_id !== user.id) throw forbidden();
  return order ?? null;
}

export function declareQueries(bookshop: Bookshop): void {
  bookshop.query(
    "current_user",
    { context: "me", output: User.nullable(), auth: "optional", summary: "Who is signed in." },
    (_args, { user }) => user,
  );
  const ofUser = { context: "user", params: { user_id: z.int() } } as const;
  bookshop.query(
    "user_profile",
    { ...ofUser, output: User, summary: "The user's profile." },
    ({ user_id }, { user }) => ownAccount(user_id, user),
  );
  bookshop.query(
    "user_addresses",
    { ...ofUser, output: z.array(Address), key: ["id"], summary: "Where orders may go." },
    ({ user_id }, { user }) => [...(shop().addresses.get(ownAccount(user_id, user).id) ?? [])],
  );
  bookshop.query(
    "user_favourites",
    { ...ofUser, output: Favourites, summary: "Books that the user has marked." },
    ({ user_id }, { user }) => ({
      book_ids: [...(shop().favourites.get(ownAccount(user_id, user).id) ?? [])],
    }),
  );
  bookshop.query(
    "user_orders",
    {
      context: "orders",
      params: {
        user_id: z.int(),
        status: Status.nullable().default(null),
        cursor: z.string().nullable().default(null),
      },
      output: OrderPage,
      key: ["id"],
      pagination: {
        style: "cursor",
        params: { cursor: "cursor" },
        items: ["items"],
        next: ["next_cursor"],
      },
      summary: "The user's orders, newest first.",
    },
    ({ user_id, status, cursor }, { user }) => {
      const account = ownAccount(user_id, user);
      const orders = [...shop().orders.values()]
        .filter(
          (order) =>
            order.user_id === account.id &&
            order.isArchived !== true &&
            (status ?? order.status) === order.status,
        )
        .sort((a, b) => (a.placed < b.placed ? 1 : a.placed > b.placed ? -1 : b.id - a.id));
      const start = cursor === null ? 0 : orders.findIndex(({ id }) => String(id) === cursor) + 1;
      const items = orders.slice(start, start + cursorSize);
      const hasMore = orders.length > start + cursorSize;
      return { items, next_cursor: hasMore ? String(items.at(-1)?.id) : null };
    },
  );
  const ofOrder = { context: "order", params: { order_id: z.int() } } as const;
  bookshop.query(
    "order_detail",
    { ...ofOrder, output: Order.nullable(), summary: "One order." },
    ({ order_id }, { user }) => ownOrder(shop().orders, order_id, user),
  );
  bookshop.query(
    "order_lines",
    { ...ofOrder, output: z.array(OrderLine), key: ["id"], summary: "What was ordered." },
    ({ order_id }, { user }) => [...(ownOrder(shop().orders, order_id, user)?.lines ?? [])],
  );
  bookshop.query(
    "book_list",
    {
      context: "catalog",
      auth: "none",
      params: {
        tags: z.array(z.string()).default([]),
        in_stock: z.boolean().default(false),
        filter: CatalogFilter.nullable().default(null),
        page: z.int().min(1).max(500).default(1),
      },
      output: BookPage,
      key: ["id"],
      pagination: { style: "page", params: { page: "page" }, items: ["items"], total: ["total"] },
      summary: "Books, by title.",
    },
    ({ tags, in_stock, filter, page }) => {
      const { author = null, max_price = null } = filter ?? {};
      const found = [...shop().books.values()]
        .filter(
          (book) =>
            tags.every((tag) => book.tags.includes(tag)) &&
            (!in_stock || book.stock > 0) &&
            (author === null || book.author === author) &&
            (max_price === null || centsOf(book.price) <= centsOf(max_price)),
        )
        .sort((a, b) => (`${a.title} ${a.id}` < `${b.title} ${b.id}` ? -1 : 1));
      return { items: found.slice((page - 1) * pageSize, page * pageSize), total: found.length };
    },
  );
  bookshop.query(
    "book_detail",
    {
      context: "book",
      auth: "none",
      params: { book_id: z.uuid() },
      output: Book.nullable(),
      summary: "One book.",
    },
    ({ book_id }) => shop().books.get(book_id) ?? null,
  );
  bookshop.query(
    "countries",
    {
      context: "reference",
      auth: "none",
      output: z.array(Country),
      key: ["code"],
      summary: "Where we ship.",
    },
    () => [...countries],
  );
}
