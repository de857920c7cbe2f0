import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { optionRules } from "../../src/config/option-rules.js";
import { root } from "./snippets.js";

const page = readFileSync(join(root, "docs/cli.md"), "utf8");
const cli = join(root, "bin/mizan-gen.js");

describe("docs/cli.md", () => {
  it("names every option of a config, and no other", () => {
    const table = page.slice(page.indexOf("| Option "), page.indexOf("Names of what is generated"));
    const cells = [...table.matchAll(/^\| (`.*?`) +\|/gm)].flatMap((row) => row[1]?.split(", "));
    const told = cells.map((name) => name?.replaceAll("`", ""));
    expect(told.sort()).toEqual(Object.keys(optionRules).sort());
  });
});

async function help(...words: string[]): Promise<string> {
  return (await execa(process.execPath, [cli, ...words, "--help"])).stdout;
}

describe("docs/cli.md", () => {
  it("names every command and every flag there is, and no other", async () => {
    const commands = [...(await help()).matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(
      (match) => match[1] ?? "",
    );
    expect(commands.length).toBeGreaterThan(4);
    const flags = new Set<string>();
    for (const command of commands) {
      expect(page).toContain(command === "generate" ? "[generate]" : `mizan-gen ${command}`);
      for (const match of (await help(command)).matchAll(/^ {2}(?:-\w, )?(--[a-z0-9-]+)/gm))
        flags.add(match[1] ?? "");
    }
    flags.delete("--help");
    const told = new Set(
      [...page.matchAll(/`[^`\n]*`/g)].flatMap((code) =>
        [...code[0].matchAll(/--[a-z][a-z0-9-]+/g)].map((match) => match[0]),
      ),
    );
    expect([...flags].filter((flag) => !told.has(flag))).toEqual([]);
    expect([...told].filter((flag) => !flags.has(flag))).toEqual([]);
  });
});
