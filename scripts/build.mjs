// Builds what is published: dist/. Everything is bundled, so that the package has no dependencies; what a run does not need is in
// chunks that it does not load. Takes a few seconds, no network, and works on a clean clone (`prepare`).
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { thirdPartyNotices } from "./third-party-notices.mjs";
import { trimCompiler } from "./trim-compiler.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
// Built beside and swapped in, so that nobody meets half a build.
const out = join(root, `.cache/dist-${process.pid}`);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
/** CommonJS packages in a module ask for `require` and for their own place. */
const commonJs =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;';

const bundles = await Promise.all([bundleSources(), bundleParser()]);
copyKernel();
await proveKernel();
copyIfThere(join(root, "templates"), join(out, "templates"));
copyJiti();
writeTypes();
writeFileSync(
  join(out, "THIRD-PARTY-NOTICES.txt"),
  thirdPartyNotices(
    root,
    bundles.flatMap((bundle) => Object.keys(bundle.metafile.inputs)),
  ),
);
swapIn();

async function bundleSources() {
  return build({
    absWorkingDir: root,
    entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts", vite: "src/vite/index.ts" },
    outdir: out,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifyWhitespace: true,
    minifySyntax: true,
    // Names of functions stay, so that a reported stack trace can be read.
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    chunkNames: "[name]-[hash]",
    define: { MIZAN_GEN_VERSION: JSON.stringify(generatorVersion()) },
    banner: { js: commonJs },
    plugins: [
      elsewhere("jiti", "./vendor/jiti/lib/jiti.mjs"),
      elsewhere("ts-morph", "./vendor/parser.js"),
    ],
    // A CommonJS module that is imported lazily would come out as nothing but a default export; `yaml` has modules as well.
    // jsonc-parser's main file hides its imports from a bundler.
    alias: {
      yaml: join(root, "node_modules/yaml/browser/index.js"),
      "jsonc-parser": join(root, "node_modules/jsonc-parser/lib/esm/main.js"),
    },
  });
}

/**
 * Of the compiler that ts-morph brings, the parser and what it takes to name a fault: it loads in a twentieth of the time. The sources
 * import it from ts-morph; an import of anything else fails here, as it must.
 */
async function bundleParser() {
  const compiler = "node_modules/@ts-morph/common/dist/typescript.js";
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [compiler],
    outfile: join(out, "vendor/parser.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minify: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [
      {
        name: "parser alone",
        setup: ({ onLoad }) =>
          onLoad({ filter: /[\\/]typescript\.js$/ }, ({ path }) => ({
            contents: trimCompiler(readFileSync(path, "utf8"), [
              "createSourceFile",
              "flattenDiagnosticMessageText",
              "getLineAndCharacterOfPosition",
              "JSDocParsingMode",
              "ScriptTarget",
            ]),
          })),
      },
    ],
  });
  return { metafile };
}

/**
 * The version of the manifest. A build that is not for publishing carries a digest of its sources, so that a generator that was
 * changed and built anew does not take its own earlier output for current.
 */
function generatorVersion() {
  if (["pack", "publish"].includes(process.env.npm_command ?? "")) return manifest.version;
  const digest = createHash("sha256");
  const sources = ["src", "templates"].flatMap((folder) => filesBelow(join(root, folder)));
  for (const file of sources) {
    if (!file.endsWith(".test.ts"))
      digest.update(file.slice(root.length)).update(readFileSync(file));
  }
  return `${manifest.version}+${digest.digest("hex").slice(0, 8)}`;
}

/** Leaves a package out of the bundle; it lies beside. */
function elsewhere(name, path) {
  return {
    name: `${name} elsewhere`,
    setup: ({ onResolve }) =>
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path, external: true })),
  };
}

/** The runtime is vendored into every client as it stands. */
function copyKernel() {
  const from = join(root, "src/kernel");
  mkdirSync(join(out, "kernel"));
  for (const name of readdirSync(from)) {
    if (name === "README.md" || (name.endsWith(".ts") && !name.endsWith(".test.ts"))) {
      cpSync(join(from, name), join(out, "kernel", name));
    }
  }
}

/**
 * Proves the kernel once, as it is vendored under each option, instead of in every run: the hashes say which texts these are. Runs the
 * product's own code for it.
 */
async function proveKernel() {
  const module = join(out, "prove-kernel.mjs");
  await build({
    absWorkingDir: root,
    stdin: {
      contents: ["kernel-sources", "prove-files", "stage1/kernel-files"]
        .map((name) => `export * from "./src/emit/${name}.ts";`)
        .concat('export { hashText } from "./src/output/hash-text.ts";')
        .join("\n"),
      resolveDir: root,
      loader: "ts",
    },
    outfile: module,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    logLevel: "warning",
    banner: { js: commonJs },
    plugins: [elsewhere("ts-morph", "./vendor/parser.js")],
  });
  const { hashText, kernelFiles, kernelSources, proveFiles } = await import(pathToFileURL(module));
  const files = ["none", "js", "ts"].flatMap((importExtension) =>
    kernelFiles(kernelSources(), { importExtension }),
  );
  await proveFiles(files);
  const hashes = new Set(files.map(({ text }) => hashText(text)));
  writeFileSync(join(out, "proven-texts.json"), JSON.stringify([...hashes].sort()));
  rmSync(module);
}

function copyIfThere(from, to) {
  if (existsSync(from)) cpSync(from, to, { recursive: true });
}

/** jiti finds its transformer by its place, so it keeps its files. */
function copyJiti() {
  const from = join(root, "node_modules/jiti");
  for (const name of ["lib/jiti.mjs", "dist/jiti.cjs", "dist/babel.cjs", "LICENSE"]) {
    mkdirSync(dirname(join(out, "vendor/jiti", name)), { recursive: true });
    cpSync(join(from, name), join(out, "vendor/jiti", name));
  }
}

/** Declarations of the public API and of the files that it refers to, each made by itself: no program, no checking, no node types. */
function writeTypes() {
  const pending = [join(root, "src/index.ts"), join(root, "src/vite/index.ts")];
  const seen = new Set(pending);
  for (const file of pending) {
    const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(file, "utf8"), {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: { isolatedDeclarations: true, verbatimModuleSyntax: true, strict: true },
    });
    const [problem] = diagnostics ?? [];
    if (problem !== undefined) {
      throw new Error(
        `${relative(root, file)}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`,
      );
    }
    const target = join(out, "types", relative(join(root, "src"), file).replace(/\.ts$/, ".d.ts"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
    for (const { fileName } of ts.preProcessFile(outputText).importedFiles) {
      if (!fileName.startsWith(".")) throw new Error(`${relative(root, file)} exposes ${fileName}`);
      const source = resolve(dirname(file), fileName.replace(/\.js$/, ".ts"));
      if (!seen.has(source)) pending.push(source);
      seen.add(source);
    }
  }
}

function swapIn() {
  const dist = join(root, "dist");
  const old = join(root, `.cache/dist-old-${process.pid}`);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(out, dist);
  rmSync(old, { recursive: true, force: true });
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
