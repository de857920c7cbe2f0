/**
 * Letters that Node knows but TypeScript 5.9 and 6 (Unicode 15.1) do not accept in identifiers. Naming them keeps the output the
 * same on every Node, and parseable by every TypeScript.
 */
const tooNew =
  /[\u088f\u0897\u0c5c\u0cdc\u1acf-\u1add\u1ae0-\u1aeb\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7dc\ua7f1\u{105c0}-\u{105ff}\u{10940}-\u{1095f}\u{10d40}-\u{10d8f}\u{10ec2}-\u{10ecf}\u{10efa}-\u{10efc}\u{11380}-\u{113ff}\u{116d0}-\u{116e3}\u{11b60}-\u{11b6f}\u{11bc0}-\u{11bff}\u{11db0}-\u{11dff}\u{11f5a}\u{13460}-\u{143ff}\u{16100}-\u{1613f}\u{16d40}-\u{16d7f}\u{16ea0}-\u{16edf}\u{16ff2}-\u{16ff6}\u{187f8}-\u{187ff}\u{18cff}\u{18d09}-\u{18dff}\u{1cc00}-\u{1ccff}\u{1e5d0}-\u{1e5ff}\u{1e6c0}-\u{1e6ff}\u{2b73a}-\u{2b73f}\u{2cea2}-\u{2ceaf}\u{323b0}-\u{3347f}]/gu;

/** Everything that may not stand in an identifier, and `$`, `_` and other connectors, which separate words. */
const separators = /[^\p{ID_Continue}]+|\p{Pc}+/gu;

/** Text without a single lower-case letter: `ORDER_STATUS`. */
const shouting = /^[^\p{Ll}]*$/u;

/**
 * The words of a name of any origin, composed (NFC), without empty ones: `Page_User_` -> `Page`, `User`. Capitals inside a word are
 * kept (`renameUser` is one word), but `ORDER_STATUS` is `Order`, `Status`. Names longer than any that a person writes are cut.
 */
export function splitWords(text: string): string[] {
  const short = text.slice(0, 400);
  // Almost every name is ASCII, for which the tables of Unicode say the same at a hundred times the price.
  const parts = /^[\0-\x7f]*$/.test(short)
    ? short.split(/[^A-Za-z0-9]+/)
    : short.normalize("NFC").replace(tooNew, " ").split(separators);
  const words = parts.filter((word) => word !== "");
  if (words.length < 2 || !shouting.test(words.join(""))) return words;
  return words.map((word) => keepFirst(word, (rest) => rest.toLowerCase()));
}

/** `rename_user` -> `RenameUser`, `HTTPServer` -> `HTTPServer`, `1st` -> `_1st`; `Type` where no letter is left. */
export function toPascalCase(text: string): string {
  return toIdentifier(splitWords(text).map(capitalize), "Type");
}

/** `rename_user` -> `renameUser`, `HTTPServer` -> `httpServer`, `1st` -> `_1st`; `type` where no letter is left. */
export function toCamelCase(text: string): string {
  const words = splitWords(text).map(capitalize);
  return toIdentifier([lowerStart(words[0] ?? ""), ...words.slice(1)], "type");
}

function toIdentifier(words: readonly string[], whenEmpty: string): string {
  let text = "";
  for (const word of words) {
    // Two numbers side by side would read as one: `v1_2` -> `V1_2`.
    text += /\d$/.test(text) && /^\d/.test(word) ? `_${word}` : word;
  }
  if (text === "") return whenEmpty;
  return /^\p{ID_Start}/u.test(text) ? text : `_${text}`;
}

function capitalize(word: string): string {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  const upper = first.toUpperCase();
  // `ß` and its like have no capital of their own; Georgian has one that is not used for this.
  const usable = [...upper].length === 1 && !/[\u1c90-\u1cbf]/.test(upper);
  return (usable ? upper : first) + word.slice(first.length);
}

/** `RenameUser` -> `renameUser`, `URL` -> `url`, `HTTPServer` -> `httpServer`. */
function lowerStart(word: string): string {
  const capitals = /^\p{Lu}+/u.exec(word)?.[0] ?? "";
  const letters = [...capitals];
  const rest = word.slice(capitals.length);
  const last = /^\p{Ll}/u.test(rest) && letters.length > 1 ? (letters.pop() ?? "") : "";
  return letters.join("").toLowerCase() + last + rest;
}

function keepFirst(word: string, change: (rest: string) => string): string {
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  return first + change(word.slice(first.length));
}
