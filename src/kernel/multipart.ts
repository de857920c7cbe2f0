import { valueAt } from "./targets.js";

/**
 * A multipart body (protocol 3.10): one part `payload` with the input as JSON, its files replaced by null, and each file in a part
 * named by its path, `image` or `pages.0`.
 *
 * @param paths where the input may hold a file or a list of files
 */
export function multipartBody(
  input: unknown,
  paths: readonly (readonly (string | number)[])[],
): FormData {
  const form = new FormData();
  const files = new Map<unknown, null>();
  const parts: [string, Blob][] = [];
  for (const path of paths) {
    const name = path.join(".");
    const value = valueAt(input, path);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    list.forEach((file, index) => {
      if (!(file instanceof Blob)) return;
      files.set(file, null);
      parts.push([list === value ? `${name}.${index}` : name, file]);
    });
  }
  form.append(
    "payload",
    JSON.stringify(input, (_name, value: unknown) => (files.has(value) ? null : value)),
  );
  for (const [name, file] of parts) form.append(name, file);
  return form;
}
