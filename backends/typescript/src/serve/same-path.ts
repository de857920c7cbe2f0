/**
 * A path of this origin.
 *
 * @throws Error for an address that a browser would take for one of another origin
 */
export function samePath(path: string): string {
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)) {
    throw new Error(`cannot redirect to ${JSON.stringify(path)}: give a path of this origin, "/…"`);
  }
  return path;
}
