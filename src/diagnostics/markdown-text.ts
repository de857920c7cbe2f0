import { printable } from "./quote.js";

/** Text that is nothing but text in Markdown, HTML and mentions included. */
export function markdownText(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_{}[\]()#+!|~>@-]/g, (mark) => `&#${String(mark.charCodeAt(0))};`);
}
