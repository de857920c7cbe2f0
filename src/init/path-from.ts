import { isAbsolute, relative } from "node:path";

/** The way from a folder to something inside of it, with forward slashes; undefined for what is not inside. */
export function pathFrom(folder: string, path: string): string | undefined {
  const way = relative(folder, path);
  if (way === "" || way.startsWith("..") || isAbsolute(way)) return undefined;
  return way.replaceAll("\\", "/");
}
