import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { emitClient } from "./emit-client.js";
import { synthetic } from "./test/synthetic.js";

const files = new Map(
  emitClient(synthetic(1000), {
    importExtension: "js",
    readonly: false,
    enums: "const",
    source: "schema.json",
  }).map((file) => [`/${file.path}`, file.text]),
);

/** Bundles an app that uses the client, from memory. */
async function bundle(app: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: "/", loader: "ts" },
    bundle: true,
    format: "esm",
    minifySyntax: true,
    write: false,
    plugins: [
      {
        name: "memory",
        setup(memory) {
          memory.onResolve({ filter: /^\./ }, ({ path, importer }) => ({
            path: new URL(
              path.replace(/\.js$/, ".ts"),
              `file://${importer.startsWith("/") ? importer : "/"}`,
            ).pathname,
            namespace: "client",
          }));
          memory.onLoad({ filter: /.*/, namespace: "client" }, ({ path }) => ({
            contents: files.get(path) ?? "",
            loader: "ts",
          }));
        },
      },
    ],
  });
  // esbuild heads each module with its path.
  return (outputFiles[0]?.text ?? "").replace(/^\/\/ .*\n/gm, "");
}

describe("an app that uses 1 of 1000 functions", () => {
  it("bundles that one: the others leave no byte", async () => {
    const one = await bundle(
      'import { changeRecord7 } from "./index.js"; console.log(changeRecord7);',
    );
    expect(one).toContain("call/change_record_7");
    expect(
      one.match(/change_record_\d+|record_\d+/g)?.filter((name) => !name.endsWith("record_7")),
    ).toEqual([]);
    expect(one.match(/ctx\/group_\d+/g)).toBeNull();
    // The kernel is the rest: a client of that one function is the same code.
    const alone = await bundle(
      'import { changeRecord7 } from "./mutations/change_record_7.js"; console.log(changeRecord7);',
    );
    expect(one).toBe(alone);
  });

  it("bundles nothing at all when it imports types only", async () => {
    expect(
      await bundle('import type { Record7 } from "./index.js"; export type R = Record7;'),
    ).toBe("");
  });
});
