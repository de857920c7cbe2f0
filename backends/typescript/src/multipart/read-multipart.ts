import { isObject } from "../json/json-value.js";
import { parseJson } from "../json/parse-json.js";
import { JsonFault } from "../json/json-fault.js";
import type { FieldProblem } from "../problem/mizan-problem.js";
import { invalid, malformed, tooLarge } from "../problem/problems.js";
import type { MutationPlan } from "../registry/contract.js";
import type { FileDeclaration } from "../registry/declaration.js";
import type { Exchange } from "../serve/exchange.js";
import { bodyChunks } from "../serve/read-body.js";
import { isAccepted } from "./is-accepted.js";
import { readParts, type Part } from "./read-parts.js";

/** Room for boundaries and headers of parts. */
const overhead = 64 * 1024;

interface Place {
  readonly declaration: FileDeclaration;
  /** Of a list. */
  readonly index: number | null;
}

/**
 * The arguments of a call with files: the part `payload`, and each file put where its part's name says (protocol 3.10). A part that is not
 * declared is refused before any of it is kept; sizes are counted as the bytes come.
 *
 * @throws MizanProblem 400, 413, 422, JsonFault
 */
export async function readMultipart(
  { request, server }: Exchange,
  { declaration }: MutationPlan,
  boundary: string,
): Promise<Record<string, unknown>> {
  const files = declaration.files ?? [];
  const { bodyBytes } = server.contract.limits;
  const fileBytes = files.reduce((sum, each) => sum + each.maxBytes * mostFiles(each), 0);
  const chunks = bodyChunks(request, bodyBytes + fileBytes + overhead);
  let payload: Record<string, unknown> | null = null;
  const found = new Map<string, { readonly place: Place; readonly file: File }>();
  const errors: FieldProblem[] = [];
  for await (const part of readParts(chunks, boundary)) {
    if (part.name === "payload" && part.filename === null) {
      if (payload !== null) throw malformed("the part payload comes twice");
      payload = await readPayload(part, bodyBytes);
      continue;
    }
    const place = placeOf(part, files);
    if (place === null || found.has(part.name)) {
      throw malformed("a part that is not declared, or comes twice");
    }
    const file = await readFile(part, place.declaration);
    found.set(part.name, { place, file });
    if (!(await isAccepted(file, place.declaration.accept))) {
      const accepted = (place.declaration.accept ?? []).join(", ");
      const path = [...place.declaration.path, ...(place.index === null ? [] : [place.index])];
      errors.push({ path, code: "file_type", message: `Expected a file of ${accepted}` });
    }
  }
  if (payload === null) throw malformed("the part payload is missing");
  if (errors.length > 0) throw invalid(errors);
  for (const { place, file } of found.values()) put(payload, place, file);
  return payload;
}

const mostFiles = ({ multiple = false, maxCount = 20 }: FileDeclaration): number =>
  multiple ? maxCount : 1;

async function readPayload(part: Part, most: number): Promise<Record<string, unknown>> {
  const bytes = await gather(part, most);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new JsonFault("bytes that are not UTF-8");
  }
  const payload = parseJson(text);
  if (!isObject(payload)) throw malformed("expected an object of named arguments in payload");
  return structuredClone(payload);
}

async function readFile(part: Part, { maxBytes }: FileDeclaration): Promise<File> {
  const bytes = await gather(part, maxBytes);
  // The name is the sender's: kept for display, without a path.
  const name = (part.filename ?? "").replace(/^.*[/\\]/, "");
  return new File([bytes], name, { type: part.type });
}

async function gather(part: Part, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of part.chunks) {
    length += chunk.length;
    if (length > most) throw tooLarge(413, `a part is longer than ${most} bytes`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function placeOf({ name, filename }: Part, files: readonly FileDeclaration[]): Place | null {
  if (filename === null) return null;
  for (const declaration of files) {
    const path = declaration.path.join(".");
    if (declaration.multiple !== true) {
      if (name === path) return { declaration, index: null };
      continue;
    }
    const digits = name.startsWith(`${path}.`) ? name.slice(path.length + 1) : "";
    if (!/^(0|[1-9]\d{0,3})$/.test(digits) || Number(digits) >= mostFiles(declaration)) continue;
    return { declaration, index: Number(digits) };
  }
  return null;
}

/** Puts a file at its place. The path is the author's, never the sender's, and only own members are entered. */
function put(payload: Record<string, unknown>, { declaration, index }: Place, file: File): void {
  const { path } = declaration;
  let current: Record<string, unknown> = payload;
  for (const step of path.slice(0, -1)) {
    const next = Object.hasOwn(current, step) ? current[step] : undefined;
    if (!isObject(next)) throw malformed(`there is no object for the file ${path.join(".")}`);
    current = next;
  }
  const last = path.at(-1) ?? "";
  if (index === null) {
    current[last] = file;
    return;
  }
  const known = Object.hasOwn(current, last) ? current[last] : null;
  const list: unknown[] = Array.isArray(known) ? known : [];
  list[index] = file;
  current[last] = list;
}
