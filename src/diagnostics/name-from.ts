import { relative } from "node:path";

/** How messages and files call a path: relative to a directory, with forward slashes. */
export function nameFrom(directory: string, path: string): string {
  return relative(directory, path).replaceAll("\\", "/") || ".";
}
