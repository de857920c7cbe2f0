/** Whether a document is named by an address, and not by a path. */
export function isUrl(name: string): boolean {
  return /^https?:\/\//i.test(name);
}
