import type { FilePaths } from "./descriptor.js";
import { valueAt } from "./targets.js";

/**
 * A multipart body (protocol 3.10): one part `payload` with the input as JSON, its files replaced by null, and each file in a part
 * named by its path, `image` or `pages.0`.
 *
 * @param paths where the input may hold a file or a list of files
 */
export function multipartBody(input: unknown, paths: FilePaths): FormData {
  const form = new FormData();
  form.set(
    "payload",
    JSON.stringify(input, (_name, value: unknown) => (value instanceof Blob ? null : value)),
  );
  for (const path of paths) {
    const name = path.join(".");
    const value = valueAt(input, path);
    if (value instanceof Blob) form.set(name, value);
    if (!Array.isArray(value)) continue;
    value.forEach((file: unknown, index) => {
      if (file instanceof Blob) form.set(`${name}.${index}`, file);
    });
  }
  return form;
}
