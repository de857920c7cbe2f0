import { stringify } from "yaml";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shop, silentMutation } from "../cli/documents.js";
import { InstalledCli } from "../cli/installed.js";

let cli: InstalledCli;

beforeAll(() => {
  cli = new InstalledCli();
});

afterAll(() => cli.remove());

/** What the built program writes for a document, without what tells which file it was read from. */
async function clientOf(name: string, content: string): Promise<Record<string, string>> {
  const project = cli.project({ [name]: content });
  const result = await project.run([name, "-o", "client"]);
  expect(result.stderr).not.toContain("error");
  expect(result.exitCode).toBe(0);
  const tree = Object.entries(project.tree("client"));
  return Object.fromEntries(
    tree
      .filter(([path]) => path !== ".mizan-gen.json")
      .map(([path, text]) => [path, text.replaceAll(name, "document")]),
  );
}

describe("the built program", () => {
  const document = shop({ resources: 3, functions: silentMutation });
  const json = JSON.stringify(document, null, 2);

  it("makes the same client of a document in JSON, in YAML and in YAML of one line", async () => {
    const expected = await clientOf("schema.json", json);
    expect(Object.keys(expected)).toContain("mutations/rename_thing_2.ts");
    expect(await clientOf("schema.yaml", stringify(document))).toEqual(expected);
    expect(await clientOf("schema.yml", JSON.stringify(document))).toEqual(expected);
  });

  it("makes the same client with a byte order mark, and with the line ends of Windows", async () => {
    const expected = await clientOf("schema.json", json);
    expect(await clientOf("schema.json", `\ufeff${json}`)).toEqual(expected);
    expect(await clientOf("schema.json", json.replaceAll("\n", "\r\n"))).toEqual(expected);
    const yaml = stringify(document);
    expect(await clientOf("schema.yaml", `\ufeff${yaml.replaceAll("\n", "\r\n")}`)).toEqual(
      expected,
    );
  });
});
