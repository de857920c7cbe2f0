import type { z } from "zod";
import type { Address, Book, Country, Order, OrderLine, User } from "./types.ts";
import books from "../../../../examples/bookshop-books.json" with { type: "json" };

export interface Account extends z.infer<typeof User> {
  readonly password: string;
}

export type StoredLine = z.infer<typeof OrderLine>;

export interface StoredOrder extends z.infer<typeof Order> {
  readonly lines: readonly StoredLine[];
  /** No longer in the list; it can still be read, as nothing else about it has changed. */
  readonly isArchived?: boolean;
}

/** All that the shop knows. Values are replaced, never changed, so that a copy of the maps is a snapshot. */
export interface State {
  readonly users: Map<number, Account>;
  readonly addresses: Map<number, readonly z.infer<typeof Address>[]>;
  readonly books: Map<string, z.infer<typeof Book>>;
  readonly orders: Map<number, StoredOrder>;
  readonly favourites: Map<number, readonly string[]>;
  /** Files as they were sent, by path. */
  readonly avatars: Map<string, File>;
  readonly next: Map<"order" | "line", number>;
}

export const countries: readonly z.infer<typeof Country>[] = [
  { code: "DE", name: "Germany" },
  { code: "IR", name: "Iran" },
  { code: "TR", name: "Türkiye" },
];

const bookId = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function seed(): State {
  const stock = new Map(books.map((book) => [book.id, book]));
  const line = (id: number, number: number, qty: number): StoredLine => {
    const book = stock.get(bookId(number));
    return {
      id,
      book_id: bookId(number),
      title: book?.title ?? "",
      qty,
      price: book?.price ?? "0.00",
    };
  };
  const order = (
    id: number,
    status: "open" | "shipped",
    placed: string,
    lines: readonly StoredLine[],
  ): [number, StoredOrder] => [
    id,
    { id, user_id: 7, status, total: totalOf(lines), placed, lines },
  ];
  const account = (id: number, name: string, email: string, password: string, joined: string) =>
    [id, { id, name, email, avatar_url: null, joined, password }] as const;
  return {
    users: new Map([
      account(7, "Rūmī", "rumi@shop.example", "masnavi", "2026-01-02T03:04:05Z"),
      account(8, "Shams", "shams@shop.example", "tabriz", "2026-02-03T04:05:06Z"),
    ]),
    addresses: new Map([
      [
        7,
        [
          { id: 3, line1: "1 Main St", city: "Konya", country: "TR" },
          { id: 4, line1: "2 Harbour Rd", city: "Izmir", country: "TR" },
        ],
      ],
      [8, [{ id: 5, line1: "9 Market Sq", city: "Tabriz", country: "IR" }]],
    ]),
    books: stock,
    orders: new Map([
      order(5, "shipped", "2026-03-01T10:00:00Z", [line(1, 3, 1), line(2, 4, 2)]),
      order(6, "open", "2026-03-05T12:00:00Z", [line(3, 5, 1)]),
    ]),
    favourites: new Map([[7, [bookId(3)]]]),
    avatars: new Map(),
    next: new Map([
      ["order", 100],
      ["line", 1000],
    ]),
  };
}

/** Sum of the lines, with two places. Prices are counted in cents, so nothing is rounded. */
export function totalOf(lines: readonly StoredLine[]): string {
  const cents = lines.reduce((sum, { price, qty }) => sum + centsOf(price) * qty, 0);
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

/** Cents of a decimal; what lies below a cent is cut off. */
export function centsOf(price: string): number {
  const [whole = "0", fraction = ""] = price.split(".");
  return Number(whole) * 100 + Number(fraction.padEnd(2, "0").slice(0, 2));
}

let state = seed();
let turn: Promise<unknown> = Promise.resolve();

export const shop = (): State => state;

export function resetShop(): void {
  state = seed();
}

/** One mutation at a time works on a copy, which becomes the state when it succeeds. */
export function transaction<Value>(work: (tx: State) => Promise<Value>): Promise<Value> {
  const run = async (): Promise<Value> => {
    const before = state;
    const draft = Object.fromEntries(
      Object.entries(before).map(([name, map]) => [name, new Map(map as Map<unknown, unknown>)]),
    ) as unknown as State;
    const value = await work(draft);
    if (state === before) state = draft;
    return value;
  };
  const result = turn.then(run, run);
  turn = result.catch(() => {});
  return result;
}

/** The next number of a kind. */
export function takeNumber(tx: State, kind: "order" | "line"): number {
  const number = tx.next.get(kind) ?? 1;
  tx.next.set(kind, number + 1);
  return number;
}
