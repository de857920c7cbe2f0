import { describe, expect, it } from "vitest";
import type { GeneratedFile } from "./generated-file.js";
import { InternalFault } from "./internal-fault.js";
import { proveFiles } from "./prove-files.js";
import { ProvenParts } from "./proven-parts.js";

describe("proveFiles", () => {
  it("is silent about files that parse, and about those that are no TypeScript", async () => {
    await proveFiles([
      { path: "a.ts", text: "export type A = { a: 1 };\n" },
      { path: "kernel/LICENSE", text: "}{" },
    ]);
  });

  it("says so when a file is too deep for the compiler", async () => {
    const text = `export type A = ${"[".repeat(100_000)}${"]".repeat(100_000)};\n`;
    await expect(proveFiles([{ path: "a.ts", text }])).rejects.toThrow(
      new InternalFault("a.ts is nested too deeply for TypeScript"),
    );
  });

  it("names the file and the place of one that does not, as our own fault", async () => {
    const files = [
      { path: "a.ts", text: "export {};\n" },
      { path: "mutations/b.ts", text: "export {};\nexport type B = { a: ;\n" },
    ];
    const fault = await proveFiles(files).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(InternalFault);
    expect(fault).toMatchObject({
      code: "E900",
      message: expect.stringMatching(/^mutations\/b\.ts:2:22 does not parse: /) as string,
    });
  });
});

describe("proveFiles, file after file of a watch", () => {
  const type = (name: string, text = "string"): string => `export type ${name} = ${text};`;
  const many = Array.from({ length: 150 }, (_, index) => type(`T${index}`));
  const header = "// Generated.\n\n";
  const fileOf = (statements: readonly string[]): GeneratedFile => ({
    ...{ path: "types.ts", text: `${header}${statements.join("\n\n")}\n` },
    parts: [header, ...statements],
  });

  it("parses the parts that are new alone", async () => {
    const proven = new ProvenParts();
    await proveFiles([fileOf(many)], proven);
    const next = [...many.slice(1), type("T150"), type("T151", "number")];
    // The header and the first statement are never taken from a file: what stands before them is no statement.
    expect(proven.unproven("types.ts", fileOf(next).parts ?? [])).toEqual([
      ...[header, type("T150"), type("T151", "number")],
    ]);
    await proveFiles([fileOf(next)], proven);
    expect(proven.unproven("types.ts", fileOf(next).parts ?? [])).toEqual([]);
  });

  it.each<[string, (statements: readonly string[]) => GeneratedFile]>([
    ["a part that does not parse", (all) => fileOf([...all, type("X", "{ a: ; }")])],
    ["a comment that does not end", (all) => fileOf([...all.slice(0, 9), "/* a", ...all.slice(9)])],
    [
      "two parts that are no statements by themselves",
      (all) => fileOf([...all, "export type X = {", "a: 1 ]"]),
    ],
    ["text beside the parts", (all) => ({ ...fileOf(all), text: `${fileOf(all).text}}\n` })],
    [
      "text between the parts",
      (all) => ({ ...fileOf(all), text: fileOf(all).text.replace("\n\n", "\n}\n") }),
    ],
  ])("says of %s what it says without a memory", async (_what, make) => {
    const proven = new ProvenParts();
    await proveFiles([fileOf(many)], proven);
    const file = make([...many, type("T150")]);
    const fault = await proveFiles([file]).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(InternalFault);
    await expect(proveFiles([file], proven)).rejects.toEqual(fault);
    // And again: a failure proves nothing.
    await expect(proveFiles([file], proven)).rejects.toEqual(fault);
  });

  it("takes no part of a file for a statement that is none", async () => {
    const proven = new ProvenParts();
    await proveFiles([fileOf([...many, "export type X = {", "a: 1 };"])], proven);
    await expect(
      proveFiles([fileOf([...many, type("Y"), "export type X = {"])], proven),
    ).rejects.toThrow(InternalFault);
  });
});
