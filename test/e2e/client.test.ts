import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBookshopServer, type BookshopServer } from "./bookshop-server.js";

const root = resolve(import.meta.dirname, "../..");
const cli = join(root, "bin/mizan-gen.js");
const bookshop = join(root, "fixtures/protocol/bookshop.json");

describe("a generated client against a live server", () => {
  let folder: string;
  let server: BookshopServer;
  let facts: Record<string, unknown>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mizan-e2e-"));
    server = await startBookshopServer();
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    await execa(process.execPath, [cli, bookshop, "-o", "src/mizan"], { cwd: folder });
    await build({
      entryPoints: [join(import.meta.dirname, "stories/bookshop.ts")],
      outfile: join(folder, "story.mjs"),
      alias: { "@client": join(folder, "src/mizan/index.ts") },
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
    });
    const { stdout } = await execa(process.execPath, ["story.mjs", server.url], { cwd: folder });
    facts = JSON.parse(stdout) as Record<string, unknown>;
  });

  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("reads a context in one GET of its own address (H6)", () => {
    expect(facts["firstName"]).toBe("Rūmī");
    expect(server.requests[0]).toBe("GET /ctx/user/?user_id=7");
  });

  it("H14: shows a merged answer in the state without a second GET", () => {
    expect(facts).toMatchObject({ renamed: "Rumi", nameInState: "Rumi", addressesKept: 1 });
    expect(facts["seen"]).toContain("Rumi");
    expect(server.requests.filter((line) => line.startsWith("GET /ctx/user/"))).toHaveLength(1);
  });

  it("refetches what a mutation invalidates, by GET", () => {
    expect(facts).toMatchObject({ order: 1, ordersShown: true });
    expect(server.requests).toContain("GET /ctx/orders/?user_id=7");
  });

  it("starts one session for all mutations", () => {
    expect(server.requests.filter((line) => line === "GET /session/")).toHaveLength(1);
  });

  it("gives validation errors and declared errors with their types", () => {
    expect(facts["validation"]).toMatchObject({ code: "validation", status: 422 });
    expect(facts["left"]).toBe(1);
  });

  it("knows the address of a view and fetches it", () => {
    expect(facts).toMatchObject({ invoiceUrl: "<base>orders/5/invoice.pdf", invoice: "%PDF-1.7" });
  });

  it("refuses a shared default instance on a server, and says what to do", () => {
    expect(facts["configureOnServer"]).toContain("createMizan");
  });
});
