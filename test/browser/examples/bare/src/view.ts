import { html, type Html } from "./html";
import type { Choices, Handles } from "./shown";

/** The page of these choices, from what is known. */
export function view(handles: Handles, choices: Choices): string {
  const user = handles.me.getState().data?.current_user ?? null;
  const [page = ""] = choices.hash.replace(/^#\/?/, "").split("/");
  const shown = Object.values(handles).map((handle) => handle.getState());
  const failure = shown.find((state) => state.status === "error" && state.data === undefined);
  const isLoading = shown.some((state) => state.status === "loading");
  return html`<header class="bar">
      <nav>
        <a data-testid="nav-books" href="#/">Books</a>
        <a data-testid="nav-orders" href="#/orders">Orders</a>
        <a data-testid="nav-account" href="#/account">Account</a>
      </nav>
      <b data-testid="who">${user?.name ?? "guest"}</b>
      ${
        user
          ? html`<button data-testid="sign-out">Sign out</button>`
          : html`<a data-testid="nav-sign-in" href="#/sign-in">Sign in</a>`
      }
    </header>
    <main>
      ${
        failure &&
        html`<p data-testid="error">${failure.error?.message}</p>
          <button data-testid="retry">Try again</button>`
      }
      ${isLoading && !failure && html`<p data-testid="loading">Loading</p>`}
      ${pages[page]?.(handles, choices)}
    </main>`.text;
}

type Page = (handles: Handles, choices: Choices) => Html | false | null | undefined;

const field = (id: string, { typed }: Choices, type = "text", autocomplete = "off"): Html =>
  html`<input
    data-testid="${id}"
    type="${type}"
    value="${typed.get(id) ?? ""}"
    autocomplete="${autocomplete}"
  />`;

const note = (id: string, { told }: Choices): Html | undefined => {
  const text = told.get(id);
  return text === undefined ? undefined : html`<p data-testid="${id}">${text}</p>`;
};

const pages: Readonly<Record<string, Page>> = {
  "": ({ me, catalog, user }, choices) => {
    const marked = user.getState().data?.user_favourites?.book_ids ?? [];
    const isSignedIn = (me.getState().data?.current_user ?? null) !== null;
    const books = catalog.getState().data?.book_list?.items;
    return html`${field("author-filter", choices)}
      ${
        books &&
        html`<ul data-testid="books">
          ${books.map(
            (book) =>
              html`<li data-testid="book-${book.id}">
                <a href="#/book/${book.id}">${book.title}</a> ${book.author}
                <span data-testid="stock-${book.id}">${book.stock}</span>
                ${
                  isSignedIn &&
                  html`<button
                    data-testid="favourite-${book.id}"
                    aria-pressed="${String(marked.includes(book.id))}"
                  >
                    ♥
                  </button>`
                }
              </li>`,
          )}
        </ul>`
      }
      <button data-testid="previous-page">Previous</button>
      <span data-testid="page">${choices.page}</span>
      <button data-testid="next-page">Next</button>`;
  },
  book: ({ me, book }, choices) => {
    const found = book.getState().data?.book_detail;
    return (
      found &&
      html`<h1 data-testid="book-title">${found.title}</h1>
        <p data-testid="book-stock">${found.stock}</p>
        ${field("quantity", choices, "number")}
        ${me.getState().data?.current_user && html`<button data-testid="order">Order</button>`}
        ${note("order-result", choices)} ${note("order-error", choices)}`
    );
  },
  orders: ({ orders }, choices) => {
    const items = orders.getState().data?.user_orders?.items;
    return html`<select data-testid="status-filter">
        ${["", "open", "paid", "shipped", "cancelled"].map((status) =>
          status === (choices.status ?? "")
            ? html`<option selected>${status}</option>`
            : html`<option>${status}</option>`,
        )}
      </select>
      ${
        items &&
        html`<ul data-testid="orders">
          ${items.map(
            ({ id, status, total }) =>
              html`<li data-testid="order-${id}">${id} ${status} ${total}</li>`,
          )}
        </ul>`
      }`;
  },
  account: ({ user }, choices) => {
    const data = user.getState().data;
    return (
      data?.user_profile &&
      html`<h1 data-testid="profile-name">${data.user_profile.name}</h1>
        ${field("name", choices)} <button data-testid="rename">Rename</button>
        ${note("rename-error", choices)}
        <ul data-testid="addresses">
          ${data.user_addresses?.map(({ line1, city }) => html`<li>${line1}, ${city}</li>`)}
        </ul>
        <p data-testid="favourite-count">${data.user_favourites?.book_ids.length}</p>`
    );
  },
  "sign-in": (_handles, choices) =>
    html`<form>
      ${field("email", choices, "email", "username")}
      ${field("password", choices, "password", "current-password")}
      <button data-testid="sign-in">Sign in</button> ${note("sign-in-error", choices)}
    </form>`,
};
