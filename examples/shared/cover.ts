/** Looks of a book's cover: its first letter, and one of six shades (`data-shade`), always the same for the same book. */
export function coverOf(book: { readonly id: string; readonly title: string }): {
  readonly letter: string;
  readonly shade: number;
} {
  const sum = [...book.id].reduce((all, character) => all + character.charCodeAt(0), 0);
  return { letter: [...book.title][0] ?? "", shade: sum % 6 };
}
