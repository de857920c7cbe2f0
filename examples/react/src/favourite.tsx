import type { ReactNode } from "react";
import type { Book } from "./mizan";
import { useCurrentUser, useSetFavourite, useUserFavourites } from "./mizan/react";

/** A mark that shows before the server has answered, and is taken back should it refuse. */
export function Favourite({ book }: { readonly book: Book }): ReactNode {
  const { data: user } = useCurrentUser();
  const { data } = useUserFavourites(user ? { user_id: user.id } : null);
  const { mutate } = useSetFavourite();
  if (!user) return null;
  const isMarked = data?.book_ids.includes(book.id) ?? false;
  return (
    <button
      className="heart"
      data-testid={`favourite-${book.id}`}
      aria-pressed={isMarked}
      aria-label={`Mark ${book.title}`}
      disabled={data === undefined}
      onClick={() =>
        mutate(
          { user_id: user.id, book_id: book.id, favourite: !isMarked },
          {
            optimistic: {
              user: {
                user_favourites: ({ book_ids }, { book_id, favourite }) => ({
                  book_ids: favourite
                    ? [...book_ids, book_id]
                    : book_ids.filter((id) => id !== book_id),
                }),
              },
            },
          },
        )
      }
    />
  );
}
