import { createRegistry, userType } from "mizan-server";
import { transaction, type Account } from "./shop.ts";

/** The functions are declared in `accounts.ts`, `catalog.ts` and `orders.ts`; `bookshop.ts` puts them together. */
export const createBookshop = () =>
  createRegistry({
    info: { title: "Bookshop", version: "1.0.0" },
    user: userType<Account>(),
    transaction,
    contexts: {
      me: { cache: { scope: "private", ttl: 60 } },
      user: { cache: { scope: "private", ttl: 60 } },
      orders: { cache: { scope: "private", ttl: 30 } },
      order: { cache: { scope: "none" } },
      catalog: { cache: { scope: "public", ttl: 300, swr: 60 } },
      book: { cache: { scope: "public", ttl: 300 } },
      reference: { cache: { scope: "public", ttl: 86_400 } },
    },
  });

export type Bookshop = ReturnType<typeof createBookshop>;
