/** Where the app is. The address of a page is its hash, so that any file server serves the app. */
export type Route =
  | { readonly page: "books" | "orders" | "account" | "sign-in" }
  | { readonly page: "book"; readonly bookId: string };

/** The route of a hash: `#/book/<id>`. What is not known is the list of books. */
export function readRoute(hash: string): Route {
  const [page, id] = hash.replace(/^#\/?/, "").split("/");
  if (page === "book" && id) return { page, bookId: decodeURIComponent(id) };
  if (page === "orders" || page === "account" || page === "sign-in") return { page };
  return { page: "books" };
}
