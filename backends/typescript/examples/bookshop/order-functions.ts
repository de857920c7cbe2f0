import { notFound } from "mizan-server";
import { z } from "zod";
import { invoicePdf } from "./invoice-pdf.ts";
import { ownAccount, ownOrder } from "./queries.ts";
import type { Bookshop } from "./registry.ts";
import {
  shop,
  takeNumber,
  totalOf,
  type Account,
  type State,
  type StoredLine,
  type StoredOrder,
} from "./shop.ts";
import { Order, OrderLine, OrderLineInput, OutOfStock, quantity, Removed } from "./types.ts";

const orderClosed = { order_closed: { status: 409 } } as const;

function openOrder(tx: State, order_id: number, user: Account, close: () => never): StoredOrder {
  const order = ownOrder(tx.orders, order_id, user);
  if (order === null) throw notFound();
  return order.status === "open" ? order : close();
}

function lineOf(order: StoredOrder, line_id: number): StoredLine {
  const line = order.lines.find(({ id }) => id === line_id);
  if (line === undefined) throw notFound();
  return line;
}

function setLines(tx: State, order: StoredOrder, lines: readonly StoredLine[]): void {
  tx.orders.set(order.id, { ...order, lines, total: totalOf(lines) });
}

export function declareOrderFunctions(bookshop: Bookshop): void {
  bookshop.mutation(
    "place_order",
    {
      input: { user_id: z.int(), lines: z.array(OrderLineInput).min(1).max(50) },
      output: Order,
      idempotent: true,
      affects: ["orders", "catalog", "book"],
      errors: { out_of_stock: { status: 409, data: OutOfStock } },
      summary: "Orders books.",
    },
    ({ user_id, lines }, { user, tx, fail }) => {
      ownAccount(user_id, user);
      const ordered = lines.map(({ book_id, qty }): StoredLine => {
        const book = tx.books.get(book_id);
        if (book === undefined || book.stock < qty) {
          return fail("out_of_stock", { book_id, left: book?.stock ?? 0 });
        }
        tx.books.set(book_id, { ...book, stock: book.stock - qty });
        return { id: takeNumber(tx, "line"), book_id, title: book.title, qty, price: book.price };
      });
      const id = takeNumber(tx, "order");
      const placed = `${new Date().toISOString().slice(0, 19)}Z`;
      const order = { id, user_id, status: "open", total: totalOf(ordered), placed } as const;
      tx.orders.set(id, { ...order, lines: ordered });
      return order;
    },
  );
  bookshop.mutation(
    "update_line",
    {
      input: { order_id: z.int(), line_id: z.int(), qty: quantity },
      output: OrderLine,
      merge: [{ context: "order", slot: "order_lines", mode: "update", key: ["id"] }],
      affects: ["order"],
      errors: orderClosed,
      summary: "Changes how many.",
    },
    ({ order_id, line_id, qty }, { user, tx, fail }) => {
      const order = openOrder(tx, order_id, user, () => fail("order_closed"));
      const changed = { ...lineOf(order, line_id), qty };
      setLines(
        tx,
        order,
        order.lines.map((line) => (line.id === line_id ? changed : line)),
      );
      return changed;
    },
  );
  bookshop.mutation(
    "remove_line",
    {
      input: { order_id: z.int(), line_id: z.int() },
      output: Removed,
      merge: [{ context: "order", slot: "order_lines", mode: "remove", key: ["id"] }],
      affects: ["order"],
      errors: orderClosed,
      summary: "Takes a line out.",
    },
    ({ order_id, line_id }, { user, tx, fail }) => {
      const order = openOrder(tx, order_id, user, () => fail("order_closed"));
      const { id } = lineOf(order, line_id);
      setLines(
        tx,
        order,
        order.lines.filter((line) => line.id !== line_id),
      );
      return { id };
    },
  );
  bookshop.view(
    "invoice_pdf",
    {
      path: "/orders/{order_id}/invoice.pdf",
      params: { order_id: z.int() },
      produces: ["application/pdf"],
      deprecated: { since: "2.1.0", replacedBy: "order_detail" },
      summary: "The invoice as PDF.",
    },
    ({ order_id }, { user }) => {
      const order = ownOrder(shop().orders, order_id, user);
      if (order === null) throw notFound();
      return invoicePdf(`Invoice of order ${order.id}: ${order.total}`);
    },
  );
  bookshop.view(
    "archive_orders",
    {
      method: "POST",
      path: "/users/{user_id}/orders/archive",
      params: { user_id: z.int() },
      produces: ["text/csv"],
      affects: ["orders"],
      summary: "Archives shipped orders and answers them as CSV.",
    },
    ({ user_id }, { user, tx }) => {
      ownAccount(user_id, user);
      const shipped = [...tx.orders.values()].filter(
        (order) =>
          order.user_id === user_id && order.status === "shipped" && order.isArchived !== true,
      );
      for (const order of shipped) tx.orders.set(order.id, { ...order, isArchived: true });
      return shipped.map(({ id, total, placed }) => `${id},${total},${placed}\n`).join("");
    },
  );
}
