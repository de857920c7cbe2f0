import { useState, type ReactNode } from "react";
import { Cover } from "./cover";
import { Favourite } from "./favourite";
import type { Book, CatalogContextParams } from "./mizan";
import { useBookList } from "./mizan/react";
import { Failed, Loading } from "./state";

const pageSize = 12;

const paramsOf = (page: number, author: string): CatalogContextParams => ({
  page,
  filter: author === "" ? null : { author },
});

/** What the list shows first, for a server to read it ahead. */
export const firstPage = paramsOf(1, "");

/** Books by title, a page at a time. */
export function Books(): ReactNode {
  const [page, setPage] = useState(1);
  const [author, setAuthor] = useState("");
  const { status, data, error, isFetching, refetch } = useBookList(paramsOf(page, author));
  const pages = data === undefined ? page : Math.max(1, Math.ceil(data.total / pageSize));
  return (
    <>
      <div className="heading">
        <h1>Books</h1>
        <label>
          Author
          <input
            data-testid="author-filter"
            type="search"
            value={author}
            placeholder="Rumi"
            onChange={({ target }) => {
              setAuthor(target.value);
              setPage(1);
            }}
          />
        </label>
      </div>
      {status === "loading" && <Loading />}
      {status === "error" && data === undefined && <Failed error={error} onRetry={refetch} />}
      {data && (
        <ul className="cards" data-testid="books" aria-busy={isFetching}>
          {data.items.map((book) => (
            <BookCard key={book.id} book={book} />
          ))}
        </ul>
      )}
      <nav className="pages" aria-label="Pages">
        <button data-testid="previous-page" disabled={page <= 1} onClick={() => setPage(page - 1)}>
          Previous
        </button>
        <span data-testid="page">{page}</span>
        <button data-testid="next-page" disabled={page >= pages} onClick={() => setPage(page + 1)}>
          Next
        </button>
      </nav>
    </>
  );
}

function BookCard({ book }: { readonly book: Book }): ReactNode {
  return (
    <li className="card" data-testid={`book-${book.id}`}>
      <Cover book={book} />
      <div className="text">
        <a href={`#/book/${book.id}`}>{book.title}</a>
        <span className="faint">{book.author}</span>
        <span>
          {book.price} €{" "}
          <span className="faint">
            · <span data-testid={`stock-${book.id}`}>{book.stock}</span> in stock
          </span>
        </span>
      </div>
      <Favourite book={book} />
    </li>
  );
}
