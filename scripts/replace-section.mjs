import { readFileSync, writeFileSync } from "node:fs";

/** Puts text between the marks of a section of a page, `<!-- size -->` and `<!-- /size -->`. */
export function replaceSection(file, name, text) {
  const page = readFileSync(file, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no section ${start} ... ${end}`);
  writeFileSync(file, `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`);
}
