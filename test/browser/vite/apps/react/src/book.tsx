import { useBookContext } from "./mizan/react";
import { ran } from "./runs";

ran("book");

const book_id = "0190a5b0-0000-7000-8000-000000000001";

export function Book() {
  const { data } = useBookContext({ book_id });
  return <pre id="book">{JSON.stringify(data ?? null)}</pre>;
}
