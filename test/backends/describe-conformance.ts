import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { startBackend } from "./start-backend.js";

const root = resolve(import.meta.dirname, "../..");
const cli = join(root, "bin/mizan-gen.js");
const signIn = 'login={"email": "rumi@shop.example", "password": "masnavi"}';

interface Report {
  readonly summary: { readonly passed: number; readonly failed: number };
  readonly cases: readonly {
    readonly id: string;
    readonly status: string;
    readonly failures: readonly object[];
  }[];
}

/** Every case of the suite against the bookshop of a backend, by the command line as anybody runs it. */
export function describeConformance(name: string): void {
  describe(`mizan-gen conformance against the bookshop of ${name}`, () => {
    it("issue 4: finds nothing, and runs every case that the bookshop has an occasion for", async () => {
      const backend = await startBackend(name);
      try {
        const options = [
          "--values",
          "backends/bookshop.values.json",
          "--sign-in",
          signIn,
          "--format",
          "json",
        ];
        const { stdout, stderr, exitCode } = await execa(
          process.execPath,
          [cli, "conformance", backend.url, ...options],
          {
            cwd: root,
            reject: false,
          },
        );
        expect(stderr).toBe("");
        const report = JSON.parse(stdout) as Report;
        expect(
          report.cases
            .filter(({ status }) => status === "failed")
            .map(({ id, failures }) => ({ id, failures })),
        ).toEqual([]);
        const open = report.cases.filter(({ status }) => status === "not-run").map(({ id }) => id);
        // The bookshop knows no bearer tokens, and none of its slots fails alone.
        expect(open).toEqual(["3.3-partial", "3.7-bearer"]);
        expect(exitCode).toBe(0);
      } finally {
        await backend.close();
      }
    });
  });
}
