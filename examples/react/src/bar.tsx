import type { ReactNode } from "react";
import type { Route } from "../../shared/route";
import { useCurrentUser, useLogout } from "./mizan/react";

export function Bar({ page }: { readonly page: Route["page"] }): ReactNode {
  const { data: user } = useCurrentUser();
  const { mutate: signOut, isPending } = useLogout();
  const current = (own: Route["page"]) => (own === page ? "page" : undefined);
  return (
    <header className="bar">
      <a className="brand" href="#/">
        Bookshop
      </a>
      <nav>
        <a href="#/" data-testid="nav-books" aria-current={current("books")}>
          Books
        </a>
        <a href="#/orders" data-testid="nav-orders" aria-current={current("orders")}>
          Orders
        </a>
        <a href="#/account" data-testid="nav-account" aria-current={current("account")}>
          Account
        </a>
      </nav>
      <div className="session">
        <span data-testid="who">{user?.name ?? "guest"}</span>
        {user ? (
          <button data-testid="sign-out" disabled={isPending} onClick={() => signOut()}>
            Sign out
          </button>
        ) : (
          <a href="#/sign-in" data-testid="nav-sign-in">
            Sign in
          </a>
        )}
      </div>
    </header>
  );
}
