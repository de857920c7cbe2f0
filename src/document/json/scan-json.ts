/** What a pass over a JSON text tells about it, without building anything. */
export interface JsonOutline {
  /** Members of all objects, duplicates included. */
  readonly members: number;
  /** Offset of the bracket that opens one level too many, or -1. */
  readonly tooDeepAt: number;
  /** Whether there is a number that JavaScript might not hold exactly. */
  readonly longNumbers: boolean;
}

const quoteMark = 34;
const backslash = 92;

/**
 * Counts in one pass, in linear time and without recursion. Sensible for any text, as it runs before anyone knows that the text
 * is JSON: strings are skipped, everything else is looked at by character.
 */
export function scanJson(text: string, maxNesting: number): JsonOutline {
  const length = text.length;
  let members = 0;
  let depth = 0;
  let longNumbers = false;
  let at = 0;
  while (at < length) {
    const unit = text.charCodeAt(at);
    if (unit === quoteMark) {
      at = endOfString(text, at);
      continue;
    }
    if (unit === 58) {
      members++;
    } else if (unit === 123 || unit === 91) {
      if (++depth > maxNesting) return { members, tooDeepAt: at, longNumbers };
    } else if (unit === 125 || unit === 93) {
      depth--;
    } else if (unit === 45 || (unit >= 48 && unit <= 57)) {
      const start = at;
      at = endOfNumber(text, at);
      if (at - start > 15) longNumbers = true;
      else if (!longNumbers) longNumbers = hasExponent(text, start, at);
      continue;
    }
    at++;
  }
  return { members, tooDeepAt: -1, longNumbers };
}

/** The offset after the closing quote of the string that starts at `start`, or the end of the text. */
export function endOfString(text: string, start: number): number {
  let close = text.indexOf('"', start + 1);
  while (close !== -1) {
    let before = close - 1;
    while (text.charCodeAt(before) === backslash) before--;
    // An even number of backslashes escapes only itself.
    if ((close - before) % 2 === 1) return close + 1;
    close = text.indexOf('"', close + 1);
  }
  return text.length;
}

/** The offset after the number that starts at `start`. */
export function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const unit = text.charCodeAt(at);
    const belongs =
      (unit >= 48 && unit <= 57) ||
      unit === 46 ||
      unit === 101 ||
      unit === 69 ||
      unit === 43 ||
      unit === 45;
    if (!belongs) return at;
    at++;
  }
}

/** The offset of the first character from `from` on that is no white space of JSON. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return at;
    at++;
  }
}

/** The offset after the value that starts at `start`, in a text that is JSON; in any other, some offset that is no less. */
export function endOfValue(text: string, start: number): number {
  let at = start;
  let depth = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === 34) {
      at = endOfString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (unit === 123 || unit === 91) {
      depth++;
    } else if (unit === 125 || unit === 93) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && isDelimiter(unit)) {
      return at;
    }
    at++;
  }
  return text.length;
}

/** Whether a character ends a number or a word before it. */
export function isDelimiter(unit: number): boolean {
  if (unit === 44 || unit === 125 || unit === 93) return true;
  return unit === 32 || unit === 10 || unit === 13 || unit === 9;
}

function hasExponent(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if ((text.charCodeAt(at) | 32) === 101) return true;
  }
  return false;
}
