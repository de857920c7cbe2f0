import { existsSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockName, withOutputLock } from "./output-lock.js";

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "mizan-lock-")));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const lock = (): string => join(directory, lockName);
/** No process has it: above the largest that Linux gives. */
const deadProcess = 4_194_305;

describe("the lock of an output directory", () => {
  it("is there while the action runs and gone afterwards, also after an error", async () => {
    await withOutputLock(directory, () => expect(existsSync(lock())).toBe(true));
    expect(existsSync(lock())).toBe(false);
    const failing = withOutputLock(directory, () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(existsSync(lock())).toBe(false);
  });

  it.each([
    ["of a process that died", `${deadProcess} ${hostname()}\n`],
    ["of this process's number, which it does not hold", `${process.pid} ${hostname()}\n`],
  ])("is taken over when it is one %s", async (_name, text) => {
    writeFileSync(lock(), text);
    await expect(withOutputLock(directory, () => "done")).resolves.toBe("done");
    expect(existsSync(lock())).toBe(false);
  });

  it.each([
    ["of another machine", `${process.ppid} elsewhere\n`],
    ["cut off", ""],
  ])("is taken over when it is old and %s", async (_name, text) => {
    writeFileSync(lock(), text);
    const old = Date.now() / 1000 - 120;
    utimesSync(lock(), old, old);
    await expect(withOutputLock(directory, () => "done")).resolves.toBe("done");
  });

  it("is waited for while its owner lives, and the owner is named in the end", async () => {
    writeFileSync(lock(), `${process.ppid} ${hostname()}\n`);
    const waiting = withOutputLock(directory, () => "done");
    setTimeout(() => rmSync(lock()), 60);
    await expect(waiting).resolves.toBe("done");

    writeFileSync(lock(), `${process.ppid} ${hostname()}\n`);
    await expect(withOutputLock(directory, () => "done", 50)).rejects.toMatchObject({
      code: "E057",
      message: expect.stringContaining(`process ${process.ppid}`) as string,
    });
    expect(existsSync(lock())).toBe(true);
  });

  it("lets many actions of one process run one after another", async () => {
    let running = 0;
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        withOutputLock(directory, () => {
          expect(++running).toBe(1);
          running--;
          return "done";
        }),
      ),
    );
    expect(results).toHaveLength(20);
  });
});
