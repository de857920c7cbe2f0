import { randomUUID } from "node:crypto";

/** A file of an input. */
export interface FileValue {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Part {
  readonly name: string;
  readonly value: string | FileValue;
}

/** A body of `multipart/form-data` (RFC 7578), with its content type. */
export function multipartBody(parts: readonly Part[]): { contentType: string; body: Uint8Array } {
  const boundary = `mizan-${randomUUID()}`;
  const chunks = parts.flatMap(({ name, value }) => {
    const isFile = typeof value !== "string";
    const disposition = `form-data; name="${name}"${isFile ? `; filename="${value.name}"` : ""}`;
    const type = isFile ? value.type : "application/json";
    return [
      `--${boundary}\r\ncontent-disposition: ${disposition}\r\ncontent-type: ${type}\r\n\r\n`,
      isFile ? value.bytes : value,
      "\r\n",
    ];
  });
  const body = Buffer.concat([...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk)));
  return { contentType: `multipart/form-data; boundary=${boundary}`, body };
}
