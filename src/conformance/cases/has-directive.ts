/** Whether a header has a directive or a member, whatever its case. */
export function has(header: string, word: string): boolean {
  return header
    .toLowerCase()
    .split(",")
    .some((each) => each.trim() === word);
}
