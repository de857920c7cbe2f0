import { describe, expect, it } from "vitest";
import { InternalFault } from "./internal-fault.js";
import { proveFiles } from "./prove-files.js";

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
