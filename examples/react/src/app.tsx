import type { ReactNode } from "react";
import { Account } from "./account";
import { Bar } from "./bar";
import { BookPage } from "./book-page";
import { Books } from "./books";
import { Orders } from "./orders";
import { SignIn } from "./sign-in";
import { useRoute } from "./use-route";

export function App(): ReactNode {
  const route = useRoute();
  return (
    <>
      <Bar page={route.page} />
      <main>
        {route.page === "books" && <Books />}
        {/* A book's page begins anew with each book. */}
        {route.page === "book" && <BookPage key={route.bookId} bookId={route.bookId} />}
        {route.page === "orders" && <Orders />}
        {route.page === "account" && <Account />}
        {route.page === "sign-in" && <SignIn />}
      </main>
    </>
  );
}
