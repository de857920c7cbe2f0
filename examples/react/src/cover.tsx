import type { ReactNode } from "react";
import { coverOf } from "../../shared/cover";
import type { Book } from "./mizan";

export function Cover({ book }: { readonly book: Book }): ReactNode {
  const { letter, shade } = coverOf(book);
  return (
    <span className="cover" data-shade={shade} aria-hidden="true">
      {letter}
    </span>
  );
}
