import type { Range, SourceLine } from "./diagnostic.js";
import { displayCells, type Cell } from "./display-cells.js";

/** A line that is wider is shown as a window of it. */
const widest = 100;
const window = 60;
/** How much of the window stands before the caret. */
const before = 20;
/** Units of a long line that are looked at on each side; escapes make a unit six columns wide at most. */
const reach = 200;

export interface FramePaint {
  readonly gutter: (text: string) => string;
  readonly caret: (text: string) => string;
}

/**
 * The lines with carets under the first line of the range:
 *
 *        212 |       "merge": [{ "context": "user" }],
 *            |                  ^^^^^^^^^^^^^^^^^^^^^
 */
export function codeFrame(lines: readonly SourceLine[], range: Range, paint: FramePaint): string[] {
  const frame: string[] = [];
  for (const line of lines) {
    if (line.line !== range.start.line) {
      if (line.text.trim() !== "") frame.push(numbered(line.line, head(line), paint));
      continue;
    }
    const { text, indent, length } = windowed(line, range);
    frame.push(numbered(line.line, text, paint));
    const carets = `${" ".repeat(indent)}${paint.caret("^".repeat(length))}`;
    frame.push(`${paint.gutter(`${" ".repeat(6)} |`)} ${carets}`);
  }
  return frame;
}

function numbered(line: number, text: string, paint: FramePaint): string {
  return `${paint.gutter(`${String(line).padStart(6)} |`)} ${text}`.trimEnd();
}

/** The beginning of a line that is only there to show where one is. */
function head(line: SourceLine): string {
  const cells = displayCells(line.text.slice(0, 2 * reach), line.column);
  const cut = takeWidth(cells, 0, widest);
  const whole = cut === cells.length && line.text.length <= 2 * reach;
  return join(cells.slice(0, cut)) + (whole ? "" : "…");
}

function windowed(
  line: SourceLine,
  range: Range,
): { text: string; indent: number; length: number } {
  const from = range.start.column;
  const to = range.end.line > range.start.line ? Number.POSITIVE_INFINITY : range.end.column;
  const first = from - line.column > reach ? from - line.column - reach : 0;
  const cells = displayCells(line.text.slice(first, first + 2 * reach), line.column + first);
  let at = cells.findIndex((cell) => cell.end > from);
  if (at === -1) at = cells.length;

  const last = line.text.length <= first + 2 * reach;
  const fits = line.column === 1 && first === 0 && last && widthOfAll(cells) <= widest;
  const start = fits ? 0 : startOf(cells, at);
  const end = fits ? cells.length : takeWidth(cells, start, window);
  const left = start > 0 || first > 0 || line.column > 1 ? "…" : "";
  const right = end < cells.length || !last ? "…" : "";
  const covered = cells.slice(at, end).filter((cell) => cell.column < to);
  return {
    text: `${left}${join(cells.slice(start, end))}${right}`,
    indent: left.length + widthOfAll(cells.slice(start, at)),
    length: Math.max(1, trailing(covered)),
  };
}

/** Width of what is underlined, without the white space at its end. */
function trailing(cells: readonly Cell[]): number {
  const last = cells.findLastIndex((cell) => cell.text.trim() !== "");
  return widthOfAll(cells.slice(0, last + 1));
}

/** The cell that a window begins with to have the caret `before` columns inside of it. */
function startOf(cells: readonly Cell[], at: number): number {
  let start = at;
  for (let width = 0; start > 0; start--) {
    width += cells[start - 1]?.width ?? 0;
    if (width > before) break;
  }
  return start;
}

function takeWidth(cells: readonly Cell[], start: number, limit: number): number {
  let width = 0;
  let end = start;
  for (; end < cells.length; end++) {
    width += cells[end]?.width ?? 0;
    if (width > limit) break;
  }
  return end;
}

function widthOfAll(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

function join(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join("");
}
