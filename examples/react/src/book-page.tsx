import { useState, type ReactNode, type SubmitEvent } from "react";
import { Cover } from "./cover";
import type { Book } from "./mizan";
import { useBookDetail, useCurrentUser, usePlaceOrder } from "./mizan/react";
import { Failed, Loading } from "./state";

/** One book, and the way to order it. */
export function BookPage({ bookId }: { readonly bookId: string }): ReactNode {
  const { status, data: book, error, refetch } = useBookDetail({ book_id: bookId });
  if (status === "loading") return <Loading />;
  if (status === "error" && book === undefined) return <Failed error={error} onRetry={refetch} />;
  if (!book) return <p className="loading">There is no such book.</p>;
  return (
    <article className="panel detail">
      <Cover book={book} />
      <div className="text">
        <h1 data-testid="book-title">{book.title}</h1>
        <p className="faint">{book.author}</p>
        <p className="big">{book.price} €</p>
        <p>
          <span data-testid="book-stock">{book.stock}</span> in stock
        </p>
        <ul className="tags">
          {book.tags.map((tag) => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
        <Order book={book} />
      </div>
    </article>
  );
}

function Order({ book }: { readonly book: Book }): ReactNode {
  const { data: user } = useCurrentUser();
  const { mutate, isPending, data: order, error } = usePlaceOrder();
  const [quantity, setQuantity] = useState(1);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (user) mutate({ user_id: user.id, lines: [{ book_id: book.id, qty: quantity }] });
  }

  return (
    <form onSubmit={submit}>
      <label>
        How many
        <input
          data-testid="quantity"
          type="number"
          min={1}
          max={99}
          value={quantity}
          onChange={({ target }) => setQuantity(target.valueAsNumber || 1)}
        />
      </label>
      {user && (
        <button className="primary" data-testid="order" disabled={isPending}>
          Order
        </button>
      )}
      {order && (
        <p className="done" role="status" data-testid="order-result">
          Order {order.id}
        </p>
      )}
      {error && (
        <p className="alarm" role="alert" data-testid="order-error">
          {/* The code says which error it is, and with it the type of its data. */}
          {error.code === "out_of_stock" ? `Only ${error.data.left} left` : error.message}
        </p>
      )}
    </form>
  );
}
