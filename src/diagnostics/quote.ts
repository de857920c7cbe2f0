/**
 * Characters that a terminal, an editor or a reviewer could be misled by: C0 and C1 controls, line and paragraph separators,
 * bidirectional controls (CVE-2021-42574), invisible formatting, lone surrogates.
 */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of unknown origin on one line: what would act or hide is written as `\u202e`. */
export function printable(text: string): string {
  return text.replace(unsafe, escapeUnit);
}

/** Text of the document inside a message: in double quotes, on one line, harmless, and cut after `limit` characters. */
export function quote(text: string, limit = 60): string {
  const short = text.length > limit ? `${cut(text, limit)}…` : text;
  return printable(JSON.stringify(short));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The first `length` UTF-16 units, without half of a surrogate pair at the end. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
