import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const own = fileURLToPath(new URL("../../node_modules/typescript-5/lib/tsc.js", import.meta.url));

/** The command `tsc --noEmit` over a generated tree. */
export function typeCheck(folder) {
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
  return {
    args: ["--max-old-space-size=8192", own, "-p", project, "--pretty", "false"],
    // Errors end it with another code; they are counted.
    accept: (code) => typeof code === "number",
  };
}

/** How many errors it printed. */
export function countErrors(output) {
  return (output.match(/error TS\d+/g) ?? []).length;
}
