/** `output_type`, `OutputType` and `output-type` as `outputType`. */
export function camelKey(key: string): string {
  return key
    .replace(/[-_ ]+([^-_ ])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

/** `somethingNew` and `something_new` as `something-new`. */
export function kebabKey(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[_ ]+/g, "-")
    .toLowerCase();
}
