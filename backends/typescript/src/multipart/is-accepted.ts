/** First bytes of formats whose name alone proves nothing, as Latin-1 text. */
const signatures: Readonly<Record<string, RegExp>> = {
  "application/pdf": /^%PDF-/,
  "application/zip": /^PK(\x03\x04|\x05\x06)/,
  "image/gif": /^GIF8[79]a/,
  "image/jpeg": /^\xff\xd8\xff/,
  "image/png": /^\x89PNG\r\n\x1a\n/,
  "image/webp": /^RIFF[^]{4}WEBP/,
};

/** Whether a file is of a declared type, by what it says it is, and by its bytes where they tell. */
export async function isAccepted(
  file: File,
  accept: readonly string[] | undefined,
): Promise<boolean> {
  if (accept === undefined) return true;
  const type = file.type.split(";")[0]?.trim().toLowerCase() ?? "";
  const fits = accept.some((range) =>
    range.endsWith("/*") ? type.startsWith(range.slice(0, -1)) : range.toLowerCase() === type,
  );
  const signature = Object.hasOwn(signatures, type) ? signatures[type] : undefined;
  if (!fits || signature === undefined) return fits;
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  return signature.test(String.fromCharCode(...head));
}
