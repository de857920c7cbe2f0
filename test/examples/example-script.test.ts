import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const script = join(root, "scripts/example.mjs");
const run = (...args: string[]) =>
  execa(process.execPath, [script, ...args], { cwd: root, reject: false });

describe("A4 npm run example", () => {
  it("serves an app on a backend from one address, rendered, and ends all of it on a signal", async () => {
    const child = run("react", "--port", "0", "--ssr");
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (more: string) => (text += more));
    const find = (what: RegExp): string => what.exec(text)?.[1] ?? "";
    await expect
      .poll(() => find(/^listening on (http:\/\/127\.0\.0\.1:\d+\/)$/m) || child.exitCode, {
        timeout: 60_000,
      })
      .toMatch(/^http/);
    const url = find(/^listening on (\S+)$/m);
    const backend = find(/backend is at (\S+)$/m);
    expect(await (await fetch(url)).text()).toContain("Divan of Shams");
    const context = await fetch(`${url}ctx/reference/`);
    expect(await context.json()).toMatchObject({ context: "reference" });
    expect((await fetch(`${backend}ctx/reference/`)).status).toBe(200);
    expect((await fetch(`${url}test/reset`, { method: "POST" })).status).toBe(204);
    child.kill("SIGTERM");
    expect(await child).toMatchObject({ exitCode: 0, stderr: "" });
    for (const each of [url, backend]) await expect(fetch(each)).rejects.toThrow();
  });

  it.each([
    [[], /Name one app: npm run example -- .*react/],
    [["react", "vue"], /Name one app/],
    [["angular"], /no app "angular".*react/],
    [["react", "--backend", "flask"], /no backend "flask".*fastapi\|django\|typescript/],
    [["react", "--port", "http"], /--port http: a port is a number/],
    [["react", "--prot", "1"], /--prot/],
  ])("says what is wrong with %j", async (args, message) => {
    const { exitCode, stderr } = await run(...args);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it("names the way out of a port that is taken, and leaves nothing running that would keep it from ending", async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
    const { port } = other.address() as { port: number };
    try {
      const { exitCode, stdout, stderr } = await run("react", "--port", String(port));
      expect(stderr).toContain(`Port ${String(port)} cannot be used (EADDRINUSE)`);
      expect(stderr).toContain("--port; 0 takes a free one");
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    } finally {
      other.close();
    }
  });
});
