import { readFile, rename, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { exportDocument, printDocument } from "../document/export-document.js";
import { findingText } from "../registry/registry-error.js";
import { loadRegistry } from "./load-registry.js";
import { UsageError } from "./usage-error.js";

/**
 * `mizan-server export`: 0 when the document was written or is up to date, 1 when it is not.
 *
 * @throws UsageError, RegistryError
 */
export async function runExport(args: readonly string[]): Promise<number> {
  const { positionals, values } = parse(args);
  const [address, ...others] = positionals;
  if (address === undefined || others.length > 0) {
    throw new UsageError("name one module: mizan-server export ./app.js#registry -o schema.json");
  }
  const { output, check } = values;
  if (check === true && output === undefined) {
    throw new UsageError("--check needs the file to compare with: -o schema.json");
  }
  const registry = await loadRegistry(address);
  for (const warning of registry.seal().warnings) {
    process.stderr.write(`${findingText(warning)}\n`);
  }
  const text = printDocument(await exportDocument(registry));
  if (output === undefined) {
    process.stdout.write(text);
    return 0;
  }
  const known = await readFile(output, "utf8").catch(() => null);
  if (known === text) return 0;
  if (check === true) {
    const state = known === null ? "is missing" : "is not up to date";
    process.stderr.write(`${output} ${state}; run: mizan-server export ${address} -o ${output}\n`);
    return 1;
  }
  // Written beside and moved, so that nobody reads half of it.
  const beside = `${output}.${process.pid}.tmp`;
  await writeFile(beside, text);
  await rename(beside, output);
  return 0;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        output: { type: "string", short: "o" },
        check: { type: "boolean" },
      },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}
