/** How a text is laid out, so that what is put into it looks as if it had been there. */
export interface TextStyle {
  readonly eol: "\n" | "\r\n";
  /** One level of indentation: a tab, or spaces. */
  readonly indent: string;
}

export function styleOf(text: string): TextStyle {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return {
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    indent: indent.startsWith("\t") ? "\t" : indent,
  };
}
