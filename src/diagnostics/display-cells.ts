import { printable } from "./quote.js";

/** One piece of a line as a terminal shows it. */
export interface Cell {
  /** Column of its first UTF-16 unit in the source line, from 1. */
  readonly column: number;
  /** Column after its last unit. */
  readonly end: number;
  readonly text: string;
  /** How many columns of a terminal it takes. */
  readonly width: number;
}

const tab = "    ";
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * The pieces of a source line that starts at `column`: tabs as spaces, controls and bidirectional characters as escapes, a
 * character with its combining marks as one, wide ones (East Asian, emoji) as two columns.
 */
export function displayCells(text: string, column: number): Cell[] {
  const cells: Cell[] = [];
  for (const { segment, index } of graphemes.segment(text)) {
    const shown = segment === "\t" ? tab : printable(segment);
    const start = column + index;
    cells.push({ column: start, end: start + segment.length, text: shown, width: widthOf(shown) });
  }
  return cells;
}

const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
const emoji = /^(\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\d#*]\ufe0f?\u20e3)/u;
const nothing = /^[\p{Mn}\p{Me}\u200b-\u200d]+$/u;

function widthOf(shown: string): number {
  if (/^[\x20-\x7e]*$/.test(shown)) return shown.length;
  if (nothing.test(shown)) return 0;
  return emoji.test(shown) || wide.test(shown) ? 2 : 1;
}
