/** Forgets what is known of paths that the client no longer has. */
export function keepPaths(known: Map<string, unknown>, paths: readonly string[]): void {
  // Most often, all of them.
  if (known.size === paths.length && paths.every((path) => known.has(path))) return;
  const kept = new Set(paths);
  for (const path of known.keys()) if (!kept.has(path)) known.delete(path);
}
