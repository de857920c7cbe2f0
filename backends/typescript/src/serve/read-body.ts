import { JsonFault } from "../json/json-fault.js";
import type { JsonValue } from "../json/json-value.js";
import { parseJson } from "../json/parse-json.js";
import { tooLarge } from "../problem/problems.js";

/**
 * The bytes of a body as they come, never more than allowed.
 *
 * @throws MizanProblem 413
 */
export async function* bodyChunks(request: Request, most: number): AsyncGenerator<Uint8Array> {
  const refuse = (): Error => tooLarge(413, `the body is longer than ${most} bytes`);
  if (Number(request.headers.get("Content-Length") ?? 0) > most) throw refuse();
  if (request.body === null) return;
  const reader = request.body.getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      length += value.length;
      if (length > most) throw refuse();
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/**
 * The text of a body, which is UTF-8.
 *
 * @throws MizanProblem 413, JsonFault
 */
export async function bodyText(request: Request, most: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    for await (const chunk of bodyChunks(request, most)) {
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    throw cause instanceof TypeError ? new JsonFault("bytes that are not UTF-8") : cause;
  }
}

/** The JSON of a body; null when there is none. White space is no JSON. */
export async function bodyJson(request: Request, most: number): Promise<JsonValue> {
  const text = await bodyText(request, most);
  return text === "" ? null : parseJson(text);
}
