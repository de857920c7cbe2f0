import type { Position, Range, SourceLine } from "../diagnostics/diagnostic.js";

/** How much of a long line an excerpt keeps on each side of the place that it is about. */
const reach = 200;

/** Lines of a text, found when first asked for. A line ends with LF or CRLF. */
export class TextLines {
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Line and column of an offset in UTF-16 units. */
  positionAt(offset: number): Position {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  rangeOf(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** One line without its end, or undefined when there is no such line. */
  line(number: number): string | undefined {
    const bounds = this.#boundsOf(number);
    return bounds && this.text.slice(bounds.start, bounds.end);
  }

  /** The first line of a range and the one before it, long ones cut to the part around the range. */
  excerpt(range: Range): SourceLine[] {
    const lines: SourceLine[] = [];
    for (const number of [range.start.line - 1, range.start.line]) {
      const bounds = this.#boundsOf(number);
      if (!bounds) continue;
      const middle = number === range.start.line ? range.start.column - 1 : 0;
      const skipped = middle > 2 * reach ? middle - reach : 0;
      const start = bounds.start + skipped;
      const text = this.text.slice(start, Math.min(bounds.end, start + 3 * reach));
      lines.push({ line: number, column: skipped + 1, text });
    }
    return lines;
  }

  #boundsOf(number: number): { start: number; end: number } | undefined {
    const starts = this.#lineStarts();
    const start = starts[number - 1];
    if (start === undefined) return undefined;
    const next = starts[number];
    let end = next === undefined ? this.text.length : next - 1;
    if (next !== undefined && end > start && this.text.charCodeAt(end - 1) === 13) end--;
    return { start, end };
  }

  #lineStarts(): readonly number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1)) {
      starts.push(at + 1);
    }
    this.#starts = starts;
    return starts;
  }
}
