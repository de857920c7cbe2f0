import { realpath } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { createHash } from "node:crypto";
import { quote } from "../../diagnostics/quote.js";
import { nameOfFile } from "../../diagnostics/file-of-pointer.js";
import { DocumentFile } from "../document-file.js";
import type { DocumentMemory } from "../document-memory.js";
import { fetchUrl } from "../fetch-url.js";
import { parseSource } from "../parse-source.js";
import { readFileBytes } from "../read-file.js";
import { formatOfMedia } from "../read-source.js";
import { formatOfName, ReadError, type Source } from "../source.js";
import { findTarget, type OtherDocument } from "./find-target.js";
import { refusal, type LoadFailure } from "./refusal.js";
import { absolute } from "./schema-index.js";

export interface LoadOptions {
  readonly allowRefs: "files" | "all";
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Of the root URL; for its origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly memory?: DocumentMemory | undefined;
}

const mostFiles = 1000;

type Loaded = ReadonlyMap<string, DocumentFile | LoadFailure>;

/**
 * Reads all documents that references lead to, breadth first in document order. Failures are kept for whoever follows the
 * reference: one that no function reaches does no harm.
 */
export async function loadFiles(root: DocumentFile, options: LoadOptions): Promise<Loaded> {
  const loaded = new Map<string, DocumentFile | LoadFailure>();
  const queue: DocumentFile[] = [root];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const { address, base } of file.index.addresses) {
      if (file.index.ids.has(absolute(address, base))) continue;
      const target = findTarget(address, file.origin, root.origin);
      if (target.kind === "root" || target.kind === "refused" || loaded.has(target.key)) continue;
      const result =
        loaded.size >= mostFiles
          ? tooMany
          : (refusal(target, root.origin, options.allowRefs) ??
            (await load(target, root, options)));
      loaded.set(target.key, result);
      if (result instanceof DocumentFile) queue.push(result);
    }
  }
  return loaded;
}

const tooMany: LoadFailure = {
  code: "E308",
  reason: `references lead to more than ${String(mostFiles)} documents`,
  help: "bundle the documents into one",
};

async function load(
  target: OtherDocument,
  root: DocumentFile,
  options: LoadOptions,
): Promise<DocumentFile | LoadFailure> {
  try {
    const source =
      target.kind === "file"
        ? await readConfined(target, root, options)
        : await fetchOther(target.url, root, options);
    const { parsed, problems, lines } = await parseSource(
      source,
      options.memory?.textOf(target.key),
    );
    const [problem] = problems;
    if (problem) {
      const { line, column } = lines.positionAt(problem.start);
      return {
        code: "E308",
        reason: `${source.name}:${String(line)}:${String(column)} ${problem.message}`,
        help: problem.help,
      };
    }
    if (!parsed) return { code: "E308", reason: `${source.name} is empty` };
    const { name, hash, origin } = source;
    return new DocumentFile({ key: target.key, name, hash, origin, parsed, lines });
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { code, message, help } = error.fault;
    return { code: code === "E306" ? "E306" : "E308", reason: message, help };
  }
}

/** A symbolic link below the document's directory may lead out of it. */
async function readConfined(
  target: { readonly key: string; readonly path: string },
  root: DocumentFile,
  options: LoadOptions,
): Promise<Source> {
  const name = nameOfFile(root.name, target.key);
  const directory = root.origin.kind === "file" ? dirname(root.origin.path) : "";
  const folder = await realpath(directory).catch(() => directory);
  // A missing file is reported by reading it; its folder may still be a link.
  const real = await realpath(target.path).catch(() => join(folder, target.key));
  const inside = relative(folder, real);
  if (inside === "" || inside.startsWith("..") || inside === real) {
    throw new ReadError({
      code: "E306",
      message: `${quote(target.key)} leads outside of the directory of the document through a symbolic link`,
      help: "files there are never read: move it beside the document, or bundle the two",
    });
  }
  const bytes = await readFileBytes(real, name, options.maxBytes);
  return sourceOf(
    name,
    { kind: "file", path: target.path },
    bytes,
    formatOfName(basename(target.path)),
  );
}

async function fetchOther(url: string, root: DocumentFile, options: LoadOptions): Promise<Source> {
  const own = root.origin.kind === "url" && new URL(root.origin.url).origin === new URL(url).origin;
  const fetched = await fetchUrl(url, {
    headers: own ? options.headers : {},
    maxBytes: options.maxBytes,
    timeoutMs: options.timeoutMs,
    sameOrigin: options.allowRefs === "files",
  });
  if (fetched.status === "not-modified")
    throw new ReadError({ code: "E013", message: `${url} answered 304` });
  const format = formatOfMedia(fetched.mediaType) ?? formatOfName(new URL(fetched.url).pathname);
  return sourceOf(url, { kind: "url", url: fetched.url }, fetched.bytes, format);
}

function sourceOf(
  name: string,
  origin: Source["origin"],
  bytes: Uint8Array,
  format: Source["format"],
): Source {
  return { name, origin, bytes, format, hash: createHash("sha256").update(bytes).digest("hex") };
}
