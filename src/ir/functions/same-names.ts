/** Names that were chosen for one thing, and the file that it stands in. */
export interface Named {
  readonly names: object;
  readonly file: string;
}

export function isSameNames(a: Named, b: Named): boolean {
  if (a === b) return true;
  const names = Object.entries(a.names);
  const others = Object.entries(b.names);
  return (
    a.file === b.file &&
    names.length === others.length &&
    names.every(([key, name], index) => key === others[index]?.[0] && name === others[index][1])
  );
}
