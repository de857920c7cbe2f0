import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import { measure } from "./measure.mjs";

const own = fileURLToPath(new URL("../../node_modules/typescript-5/lib/tsc.js", import.meta.url));

/** Time of `tsc --noEmit` over a generated tree, and how many errors it finds. */
export async function compileTime(folder, runs) {
  const project = `${folder}.tsconfig.json`;
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    jsx: "react-jsx",
    types: [],
  };
  writeFileSync(
    project,
    JSON.stringify({ compilerOptions, include: [`${folder}/**/*.ts`, `${folder}/**/*.tsx`] }),
  );
  const args = [own, "-p", project, "--pretty", "false"];
  const found = spawnSync(process.execPath, ["--max-old-space-size=8192", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const errors = (found.stdout.match(/error TS\d+/g) ?? []).length;
  const result = await measure(
    { args: ["--max-old-space-size=8192", ...args], accept: () => true },
    { runs, warmup: 0 },
  );
  return { ...result, errors };
}
