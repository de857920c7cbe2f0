import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { compile, compilers } from "../../compile/compilers.js";
import { generate } from "../../snapshots/fixtures.js";

const root = resolve(import.meta.dirname, "../../..");
const folder = join(root, ".cache/adapters/react/examples");

describe("the React example", () => {
  beforeAll(writeExample);

  it.each(compilers)(
    "compiles over the client of the backends' document, with %s",
    async (compiler) => {
      expect(await compile(compiler, join(folder, "react"))).toEqual([]);
    },
  );
});

/** A copy of the example with a client generated into it, as `npm run example` does. */
async function writeExample(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ["react", "shared"]) {
    cpSync(join(root, "examples", name), join(folder, name), {
      recursive: true,
      filter: (path) => !/[\\/](node_modules|dist|mizan)$/.test(path),
    });
  }
  const bookshop = {
    name: "bookshop",
    file: join(root, "backends/bookshop.openapi.json"),
    expectations: null,
  };
  for (const { path, text } of await generate(bookshop, {
    targets: ["react"],
    importExtension: "none",
  })) {
    const file = join(folder, "react/src/mizan", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
