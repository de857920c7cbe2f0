import { mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop } from "./documents.js";
import { InstalledCli } from "./installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

describe.concurrent("the same document and options give the same bytes", () => {
  it("twice, from another cwd, by an absolute path, in another locale and time zone, in another directory", async () => {
    const files = {
      "package.json": { type: "module" },
      "api/schema.json": shop({
        resources: 3,
        members: { größe: { type: "number" }, z: {}, Ä: {} },
      }),
    };
    const project = cli.project(files);
    await project.run(["api/schema.json"]);
    const tree = project.tree("mizan");
    const twin = cli.project(files);
    await twin.run([twin.path("api/schema.json")], {
      env: { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" },
    });
    expect(twin.tree("mizan")).toEqual(tree);

    const third = cli.project(files);
    mkdirSync(third.path("deep/er"), { recursive: true });
    await third.run(["../../api/schema.json", "-o", "../../mizan"], { cwd: third.path("deep/er") });
    expect(third.tree("mizan")).toEqual(tree);

    await project.run(["api/schema.json", "--force"]);
    expect(project.tree("mizan")).toEqual(tree);
  });

  it.each([
    "protocol/bookshop.json",
    "protocol/legacy-list-camel.json",
    "producers/fastapi/openapi.json",
    "producers/django-rest-framework/openapi.json",
  ])("%s with its keys in another order, where order means nothing", async (name) => {
    const fixture = resolve(import.meta.dirname, "../../fixtures", name);
    const text = readFileSync(fixture, "utf8");
    const trees: Record<string, string>[] = [];
    for (const order of [identity, reversed, rotated]) {
      const shuffled = JSON.stringify(reordered(JSON.parse(text) as Json, order), null, 2);
      if (order !== identity) expect(shuffled).not.toBe(JSON.stringify(JSON.parse(text), null, 2));
      const project = cli.project({ "schema.json": shuffled });
      expect((await project.run(["schema.json"])).exitCode).toBe(0);
      const { ".mizan-gen.json": manifest = "", ...files } = project.tree("mizan");
      expect(manifest).not.toBe("");
      trees.push(files);
    }
    const [first, ...others] = trees;
    for (const other of others) expect(other).toEqual(first);
  });

  it("says nothing of the machine, the day or the version outside of the manifest", async () => {
    const project = cli.project({ "schema.json": shop() });
    await project.run([project.path("schema.json")]);
    const { ".mizan-gen.json": manifest = "", ...files } = project.tree("mizan");
    const text = Object.values(files).join("\n");
    expect(text).not.toContain(project.folder);
    expect(text).not.toContain(cli.root);
    expect(text).not.toContain(new Date().toISOString().slice(0, 10));
    expect(text).not.toContain("0.1.0");
    expect(manifest).toContain('"generator": "0.1.0');
    expect(manifest).not.toContain(project.folder);
    expect(text).not.toContain("\r");
  });
});

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Order = (keys: readonly string[]) => readonly string[];

const identity: Order = (keys) => keys;
const reversed: Order = (keys) => keys.toReversed();
const rotated: Order = (keys) => [
  ...keys.slice(keys.length >> 1),
  ...keys.slice(0, keys.length >> 1),
];

/**
 * Keywords whose members have names that people gave: members of a type stand as they were written, and of two that ask for one
 * name the first has it. Everywhere else keys are keywords.
 */
const ordered = new Set(
  (
    "$defs const contexts default definitions enum example examples fields mapping paths patternProperties properties schemas " +
    "x-mizan-functions"
  ).split(" "),
);

/** The value with the keys of its objects in another order, where that means nothing. */
function reordered(value: Json, order: Order, key = "", parent = ""): Json {
  if (Array.isArray(value)) return value.map((item) => reordered(item, order, "", key));
  if (typeof value !== "object" || value === null) return value;
  const isNamed = ordered.has(key) && !ordered.has(parent);
  const keys = Object.keys(value);
  return Object.fromEntries(
    (isNamed ? keys : order(keys)).map((name) => [
      name,
      reordered(value[name] ?? null, order, name, key),
    ]),
  );
}
