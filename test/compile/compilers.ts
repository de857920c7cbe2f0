import { spawn } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The TypeScript versions that generated code is checked under, by the folder of their package. */
export const compilers = ["typescript-5", "typescript", "typescript-7"] as const;

/** What a user's strictest project asks for, without the types of Node. */
const strictest = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
  erasableSyntaxOnly: true,
  forceConsistentCasingInFileNames: true,
  target: "es2022",
  lib: ["es2022", "dom", "dom.iterable"],
  types: [] as string[],
  noEmit: true,
  skipLibCheck: true,
};

/** Ways to spell relative imports, each with the resolution that asks for it. */
export const modes = {
  js: { ...strictest, module: "nodenext", moduleResolution: "nodenext" },
  none: { ...strictest, module: "esnext", moduleResolution: "bundler" },
  ts: {
    ...strictest,
    module: "esnext",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
  },
} as const;

export type Mode = keyof typeof modes;

/** Runs a compiler over the `tsconfig.json` of a folder; gives the lines of its report, empty when all is well. */
export function compile(compiler: (typeof compilers)[number], folder: string): Promise<string[]> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      [`${root}/node_modules/${compiler}/bin/tsc`, "-p", folder, "--pretty", "false"],
      { cwd: folder, stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", fail);
    child.on("close", (code) => {
      const lines = output.split("\n").filter((line) => line.trim() !== "");
      done(code !== 0 && lines.length === 0 ? [`${compiler} ended with ${code}`] : lines);
    });
  });
}
