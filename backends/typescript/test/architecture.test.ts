import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const src = resolve(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

const imports = files.flatMap((file) =>
  [...readFileSync(join(src, file), "utf8").matchAll(/(?:from |import |import\()"([^"]+)"/g)].map(
    ([, target = ""]) => ({ file, target }),
  ),
);

it("the core imports no package and nothing of Node, so it runs wherever Request and Response do", () => {
  expect(files.length).toBeGreaterThan(50);
  const foreign = imports.filter(
    ({ file, target }) => !target.startsWith(".") && !/^(node|cli)\//.test(file),
  );
  expect(foreign).toEqual([{ file: "schema/valibot.ts", target: "@valibot/to-json-schema" }]);
});

it("nothing reaches outside of the package: the generator least of all", () => {
  const outside = imports
    .filter(({ target }) => target.startsWith("."))
    .map(({ file, target }) => relative(src, resolve(src, dirname(file), target)))
    .filter((path) => path.startsWith(".."));
  expect(outside).toEqual([]);
});
