import { join, resolve } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const script = join(root, "scripts/backend.mjs");

describe("npm run backend", () => {
  it("starts a bookshop, says where it listens, and ends it on a signal", async () => {
    const child = execa(process.execPath, [script, "typescript", "--port", "0", "--test"], {
      cwd: root,
      reject: false,
    });
    const url = await new Promise<string>((found) => {
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (more: string) => {
        text += more;
        const said = /listening on (http:\S+)/.exec(text)?.[1];
        if (said !== undefined) found(said);
      });
    });
    expect((await fetch(`${url}ctx/reference/`)).status).toBe(200);
    child.kill("SIGTERM");
    expect((await child).exitCode).toBe(0);
    await expect(fetch(`${url}ctx/reference/`)).rejects.toThrow();
  });

  it("says what there is for a name that is none, and for a port that is none", async () => {
    const unknown = await execa(process.execPath, [script, "flask"], { reject: false });
    expect(unknown).toMatchObject({ exitCode: 2 });
    expect(unknown.stderr).toContain("fastapi|django|typescript");
    const port = await execa(process.execPath, [script, "typescript", "--port", "http"], {
      reject: false,
    });
    expect(port).toMatchObject({ exitCode: 2 });
    expect(port.stderr).toContain("--port http");
    expect(await execa(process.execPath, [script], { reject: false })).toMatchObject({
      exitCode: 2,
    });
  });

  it("says that Python is missing, and how to name one", async () => {
    const { exitCode, stderr } = await execa(process.execPath, [script, "fastapi"], {
      reject: false,
      env: { PYTHON: "/no/such/python" },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("PYTHON=/path/to/python3");
  });
});
