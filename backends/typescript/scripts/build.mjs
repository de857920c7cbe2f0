// Builds what is published: dist/, with types. Takes a few seconds and no network.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist");
rmSync(out, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  entryPoints: {
    cli: "src/cli/main.ts",
    index: "src/index.ts",
    node: "src/node/index.ts",
    valibot: "src/schema/valibot.ts",
  },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  external: ["node:*", "@valibot/to-json-schema"],
  logLevel: "warning",
});

const config = ts.getParsedCommandLineOfConfigFile(
  join(root, "tsconfig.json"),
  {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    outDir: join(out, "types"),
    rootDir: join(root, "src"),
    allowImportingTsExtensions: false,
    incremental: false,
  },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report },
);
const sources = config.fileNames.filter((file) => /\/src\/.*(?<!\.test)\.ts$/.test(file));
const program = ts.createProgram(sources, config.options);
const { diagnostics } = program.emit();
[...ts.getPreEmitDiagnostics(program), ...diagnostics].forEach(report);

function report(diagnostic) {
  console.error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
  process.exitCode = 1;
}
