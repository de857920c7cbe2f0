/**
 * Whether JavaScript's number for a decimal text is another number than the text says, or one that shares its double with
 * neighbours: not finite, an integer beyond 2^53 - 1, or more digits than fit.
 */
export function isInexact(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return true;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return true;
  return digitsOf(text) !== digitsOf(String(value));
}

/** Significant digits and the power of ten they stand for, the same for all spellings of one number: `12e1`. */
function digitsOf(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = trimZeros(whole + fraction);
  if (digits.text === "") return "0";
  const power = Number(exponent) - fraction.length + digits.trailing;
  return `${sign === "-" ? "-" : ""}${digits.text}e${String(power)}`;
}

/** Linear, unlike a regular expression that looks for zeros at the end. */
function trimZeros(digits: string): { text: string; trailing: number } {
  let start = 0;
  let end = digits.length;
  while (start < end && digits.charCodeAt(start) === 48) start++;
  while (end > start && digits.charCodeAt(end - 1) === 48) end--;
  return { text: digits.slice(start, end), trailing: digits.length - end };
}
