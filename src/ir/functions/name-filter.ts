/** A filter over wire names by globs: `*` stands for any text, `?` for one character. No pattern at all includes every name. */
export function nameFilter(
  include: readonly string[],
  exclude: readonly string[],
): (name: string) => boolean {
  return (name) =>
    (include.length === 0 || include.some((glob) => matches(glob, name))) &&
    !exclude.some((glob) => matches(glob, name));
}

/** Whether a glob matches a whole text. Goes back to the last star only, so work is bounded by the product of the lengths. */
function matches(glob: string, text: string): boolean {
  let inGlob = 0;
  let inText = 0;
  let star = -1;
  let afterStar = 0;
  while (inText < text.length) {
    const wanted = glob[inGlob];
    if (wanted === "*") {
      star = inGlob++;
      afterStar = inText;
    } else if (wanted === "?" || wanted === text[inText]) {
      inGlob++;
      inText++;
    } else if (star >= 0) {
      inGlob = star + 1;
      inText = ++afterStar;
    } else {
      return false;
    }
  }
  while (glob[inGlob] === "*") inGlob++;
  return inGlob === glob.length;
}
