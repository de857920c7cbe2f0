import books from "../../../examples/bookshop-books.json" with { type: "json" };

/** The seed of all shops: 24 books, by title as their list is. */
export const titles: readonly string[] = books.map(({ title }) => title).sort();

/** The id of the nth book of the seed. */
export const bookId = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
