import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Diagnostics } from "../../src/diagnostics/diagnostics.js";
import { readDocument } from "../../src/document/read-document.js";
import { emitClient } from "../../src/emit/emit-client.js";
import type { GeneratedFile } from "../../src/emit/generated-file.js";
import { emitAdapters } from "../../src/emit/stage2/emit-adapters.js";
import type { EmitOptions } from "../../src/emit/options.js";
import { buildApi } from "../../src/ir/build-api.js";
import { defaultApiOptions } from "../../src/ir/options.js";

const root = resolve(import.meta.dirname, "../../fixtures");

/**
 * A document that must become a client: `fixtures/<name>/openapi.{json,yaml}`, or `fixtures/<name>.json`. Beside the former an
 * `expect.ts` may say what its types must be (`import type { User } from "@client"`).
 */
export interface Fixture {
  /** Path below `fixtures` and below `snapshots`, with forward slashes. */
  readonly name: string;
  readonly file: string;
  /** The text of `expect.ts`. */
  readonly expectations: string | null;
}

export function listFixtures(): readonly Fixture[] {
  return filesBelow(root)
    .filter((file) => /\.(json|ya?ml)$/.test(file))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }))
    .filter(({ text }) => /^\s*"?openapi"?\s*:/m.test(text))
    .map(({ file }): Fixture => {
      const path = relative(root, file).split(sep).join("/");
      const name = path.replace(/(\/openapi)?\.(json|ya?ml)$/, "");
      const expectations = path.includes("/openapi.") ? readIfThere(join(dirname(file), "expect.ts")) : null;
      return { name, file, expectations };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Documents that must be refused are no business of snapshots, nor those of warnings, nor are the packages of the programs that produce some of them. */
const skipped = /^(node_modules|diagnostics|invalid|hostile|\..*)$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.test(entry.name) ? [] : filesBelow(path);
    return [path];
  });
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

export const snapshotOptions: EmitOptions = {
  importExtension: "js",
  readonly: false,
  enums: "union",
  source: "openapi.json",
};

/** Runs the stages over a fixture, in this process. Throws with what is wrong when the document is refused. */
export async function generate(
  { name, file }: Fixture,
  options: Partial<EmitOptions> = {},
): Promise<readonly GeneratedFile[]> {
  const diagnostics = new Diagnostics();
  const document = await readDocument({ kind: "file", path: file }, {}, diagnostics);
  const api = document === null ? null : buildApi(document, defaultApiOptions, diagnostics);
  if (api === null) {
    const found = diagnostics.all.filter((one) => one.severity === "error");
    const lines = found.map((one) => `${one.code} ${one.pointer ?? ""} ${one.message}`);
    throw new Error(`${name} is refused:\n${lines.join("\n")}`);
  }
  const source = file.slice(file.lastIndexOf(sep) + 1);
  const whole = { ...snapshotOptions, source, ...options };
  return [...emitClient(api, whole), ...(await emitAdapters(api, whole))];
}
