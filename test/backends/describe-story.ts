import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend, type Backend } from "./start-backend.js";

const root = resolve(import.meta.dirname, "../..");
const cli = join(root, "bin/mizan-gen.js");

/**
 * The whole way, against the live bookshop of one backend: its document is exported, a client generated from it by the built command line,
 * bundled with a story, and run in Node.
 */
export function describeStory(name: string): void {
  describe(`T10: a client generated from the document of the bookshop of ${name}, against that bookshop`, () => {
    let folder: string;
    let backend: Backend | undefined;
    let facts: Record<string, unknown>;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "mizan-story-"));
      backend = await startBackend(name);
      const document = await (await fetch(`${backend.url}openapi.json`)).text();
      writeFileSync(join(folder, "openapi.json"), document);
      writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
      await execa(process.execPath, [cli, "openapi.json", "-o", "src/mizan"], { cwd: folder });
      await build({
        entryPoints: [join(import.meta.dirname, "stories/bookshop.ts")],
        outfile: join(folder, "story.mjs"),
        alias: { "@client": join(folder, "src/mizan/index.ts") },
        bundle: true,
        format: "esm",
        platform: "node",
        target: "node20",
      });
      const { stdout } = await execa(process.execPath, ["story.mjs", backend.url], { cwd: folder });
      facts = JSON.parse(stdout) as Record<string, unknown>;
    }, 180_000);

    afterAll(async () => {
      await backend?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it("signs in, and what was known of nobody is read anew", () => {
      expect(facts).toMatchObject({ nobody: null, signedIn: "Rūmī", known: "Rūmī" });
    });

    it("loads a bundle with all of its slots", () => {
      expect(facts["loaded"]).toEqual({ name: "Rūmī", addresses: 2 });
    });

    it("H14: shows a merged name when the promise resolves, without reading anything again", () => {
      expect(facts["renamed"]).toBe("Mevlana");
      // Signing in has changed the epoch, so that the first call after it asks for the new token.
      expect(facts["requestsOfRename"]).toEqual(["GET /session/", "POST /call/rename_user"]);
    });

    it("reads what an order invalidates once more, and exactly once", () => {
      expect(facts["requestsOfOrder"]).toEqual([
        "POST /call/place_order",
        "GET /ctx/orders/?user_id=7",
      ]);
      expect(facts["orderedTotal"]).toMatch(/^\d+\.\d\d$/);
    });

    it("gives a declared error with its data, and reads nothing again for it", () => {
      expect(facts["outOfStock"]).toEqual({
        left: 2,
        book: "00000000-0000-4000-8000-000000000001",
      });
      expect(facts["requestsOfRefusal"]).toEqual(["POST /call/place_order"]);
    });

    it("shows an optimistic mark at once, and then what the server says", () => {
      expect(facts).toMatchObject({ optimistic: true, favourites: 2, favouritesShown: 2 });
      expect(facts["requestsOfFavourite"]).toEqual(["POST /call/set_favourite"]);
    });

    it("gives validation errors by field", () => {
      expect(facts["validation"]).toEqual({
        code: "validation",
        status: 422,
        paths: [["form", "name"]],
      });
    });

    it("uploads a picture, and shows its address by merge", () => {
      expect(facts["avatar"]).toEqual({ answered: "string", shown: true });
    });

    it("downloads a view", () => {
      expect(facts["invoice"]).toEqual({ type: "application/pdf", start: "%PDF-" });
    });

    it("H15: reads what a view names in its header once more", () => {
      expect(facts["archive"]).toMatch(/^5,\d+\.\d\d,2026-03-01T10:00:00Z$/);
      expect(facts["requestsOfArchive"]).toEqual([
        "POST /users/7/orders/archive",
        "GET /ctx/orders/?user_id=7",
      ]);
    });

    it("drops everything private when somebody signs out", () => {
      expect(facts).toMatchObject({ left: 0, nobodyAgain: null, afterwards: "unauthenticated" });
    });
  });
}
