import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GeneratedFile } from "../emit/generated-file.js";
import { applyChanges } from "./apply-changes.js";
import { nodeFileOperations, type FileOperations } from "./file-operations.js";
import { hashFiles } from "./hashed-file.js";
import { manifestName } from "./manifest.js";
import { OutputError } from "./output-error.js";
import { planOutput, writeOutput, type OutputRequest } from "./write-output.js";

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "mizan-output-")));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const before: GeneratedFile[] = [
  { path: "contexts/old.ts", text: "old\n" },
  { path: "contexts/user.ts", text: "user 1\n" },
  { path: "deep/er/leaf.ts", text: "leaf\n" },
  { path: "index.ts", text: "index 1\n" },
  { path: "types.ts", text: "types\n" },
];
const after: GeneratedFile[] = [
  { path: "contexts/user.ts", text: "user 2\n" },
  { path: "index.ts", text: "index 2\n" },
  { path: "mutations/index.ts", text: "mutations\n" },
  { path: "mutations/rename.ts", text: "rename\n" },
  { path: "types.ts", text: "types\n" },
];

function request(files: readonly GeneratedFile[], force = false): OutputRequest {
  const input = String(files.length).padEnd(64, "0");
  const manifest = { generator: "1.0.0", input, references: [], options: "", warnings: 0 };
  return { directory, files: hashFiles(files), manifest, force };
}

/** Every file below the output directory with its text. */
function tree(): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(directory, name)).isFile())
      .map((name) => [name, readFileSync(join(directory, name), "utf8")]),
  );
}

function folders(): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(directory, name)).isDirectory())
    .sort();
}

/** Calls `fail` before the n-th operation that changes the disk. */
function interrupted(
  n: number,
  fail: () => void,
): { operations: FileOperations; count: () => number } {
  let count = 0;
  const step = <A extends unknown[], R>(operation: (...args: A) => R) => {
    return (...args: A): R => {
      if (++count >= n) fail();
      return operation(...args);
    };
  };
  const { write, rename, remove, makeFolder, removeFolder, list } = nodeFileOperations;
  return {
    operations: {
      write: step(write),
      rename: step(rename),
      remove: step(remove),
      makeFolder: step(makeFolder),
      removeFolder: step(removeFolder),
      list,
    },
    count: () => count,
  };
}

function apply(operations: FileOperations): void {
  const plan = planOutput(request(after));
  const { manifestText, state } = plan;
  applyChanges({ directory, plan, manifestText, journals: state.journals }, operations);
}

describe("writing the output", () => {
  it("creates, updates and removes, and leaves nothing else behind", async () => {
    await writeOutput(request(before));
    const plan = await writeOutput(request(after));
    expect(plan.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "delete contexts/old.ts",
      "update contexts/user.ts",
      "delete deep/er/leaf.ts",
      "update index.ts",
      "create mutations/index.ts",
      "create mutations/rename.ts",
      "unchanged types.ts",
    ]);
    const { [manifestName]: manifest, ...files } = tree();
    expect(files).toEqual(Object.fromEntries(after.map(({ path, text }) => [path, text])));
    expect(manifest).toContain('"mutations/rename.ts"');
    expect(folders()).toEqual(["contexts", "mutations"]);
  });

  it("does not touch files that say already what they should", async () => {
    await writeOutput(request(before));
    const stamp = statSync(join(directory, "types.ts"));
    await writeOutput(request(after));
    expect(statSync(join(directory, "types.ts"))).toMatchObject({
      ino: stamp.ino,
      mtimeMs: stamp.mtimeMs,
    });
  });

  it("writes nothing at all when nothing changed", async () => {
    await writeOutput(request(before));
    const stamps = () => Object.keys(tree()).map((name) => statSync(join(directory, name)).ino);
    const inodes = stamps();
    await writeOutput(request(before));
    expect(stamps()).toEqual(inodes);
  });

  it("renames every file before the index that imports it, and the manifest last", () => {
    const order: string[] = [];
    apply({
      ...nodeFileOperations,
      rename: (from, to) => {
        order.push(to.slice(directory.length + 1));
        nodeFileOperations.rename(from, to);
      },
    });
    expect(order).toEqual([
      "contexts/user.ts",
      "mutations/rename.ts",
      "types.ts",
      "mutations/index.ts",
      "index.ts",
      manifestName,
    ]);
  });

  it("removes a file before one is created whose name differs by case only", async () => {
    await writeOutput(request([{ path: "User.ts", text: "1\n" }]));
    const order: string[] = [];
    const plan = planOutput(request([{ path: "user.ts", text: "1\n" }]));
    applyChanges(
      { directory, plan, manifestText: plan.manifestText, journals: [] },
      {
        ...nodeFileOperations,
        rename: (_from, to) => order.push(`rename ${to.slice(directory.length + 1)}`),
        remove: (path) => order.push(`remove ${path.slice(directory.length + 1)}`),
      },
    );
    expect(order.slice(0, 2)).toEqual(["remove User.ts", "rename user.ts"]);
  });

  it("leaves a file of the user's in a folder of ours, and the folder", async () => {
    await writeOutput(request(before));
    writeFileSync(join(directory, "deep/er/mine.ts"), "mine\n");
    await writeOutput(request(after));
    expect(tree()["deep/er/mine.ts"]).toBe("mine\n");
  });

  it("refuses to overwrite a foreign file, and changes nothing", async () => {
    mkdirSync(join(directory, "contexts"));
    writeFileSync(join(directory, "contexts/user.ts"), "mine\n");
    const plan = await writeOutput(request(before));
    expect(plan.findings.map((finding) => finding.code)).toEqual(["E056"]);
    expect(tree()).toEqual({ "contexts/user.ts": "mine\n" });
    const forced = await writeOutput(request(before, true));
    expect(forced.findings).toEqual([]);
    expect(tree()["contexts/user.ts"]).toBe("user 1\n");
  });

  it("refuses to write over what a later version wrote, unless forced", async () => {
    const later = '{ "format": 2, "files": {} }\n';
    writeFileSync(join(directory, manifestName), later);
    writeFileSync(join(directory, "index.ts"), "later\n");
    const plan = await writeOutput(request(before));
    expect(plan.findings).toMatchObject([{ code: "E056", file: manifestName }]);
    expect(tree()).toEqual({ [manifestName]: later, "index.ts": "later\n" });
    expect((await writeOutput(request(before, true))).findings).toEqual([]);
    expect(tree()["index.ts"]).toBe("index 1\n");
  });

  it("refuses a directory in place of a file, forced or not", async () => {
    mkdirSync(join(directory, "index.ts"));
    for (const force of [false, true]) {
      const plan = await writeOutput(request(before, force));
      expect(plan.findings.map((finding) => finding.code)).toEqual(["E056"]);
    }
  });

  it("overwrites an edited file with a warning that names it", async () => {
    await writeOutput(request(before));
    writeFileSync(join(directory, "types.ts"), "mine\n");
    const plan = await writeOutput(request(before));
    expect(plan.findings).toMatchObject([{ code: "W050", file: "types.ts" }]);
    expect(tree()["types.ts"]).toBe("types\n");
  });

  it("keeps an edited leftover with a warning, and forgets it", async () => {
    await writeOutput(request(before));
    writeFileSync(join(directory, "contexts/old.ts"), "mine\n");
    const plan = await writeOutput(request(after));
    expect(plan.findings).toMatchObject([{ code: "W052", file: "contexts/old.ts" }]);
    expect(tree()["contexts/old.ts"]).toBe("mine\n");
    expect((await writeOutput(request(after))).findings).toEqual([]);
  });

  it("does not write through a symbolic link inside the output", async () => {
    const outside = mkdtempSync(join(tmpdir(), "mizan-outside-"));
    symlinkSync(outside, join(directory, "contexts"));
    await expect(writeOutput(request(before))).rejects.toMatchObject({ code: "E055" });
    expect(readdirSync(outside)).toEqual([]);
    expect(existsSync(join(directory, "index.ts"))).toBe(false);
    rmSync(outside, { recursive: true });
  });

  it("replaces a file that is a symbolic link, not what it points to", async () => {
    await writeOutput(request(before));
    const outside = join(directory, "mine.ts");
    writeFileSync(outside, "mine\n");
    rmSync(join(directory, "types.ts"));
    symlinkSync(outside, join(directory, "types.ts"));
    await writeOutput(request(before));
    expect(tree()).toMatchObject({ "types.ts": "types\n", "mine.ts": "mine\n" });
  });

  it("replaces a read-only file", async () => {
    await writeOutput(request(before));
    chmodSync(join(directory, "contexts/user.ts"), 0o444);
    await writeOutput(request(after));
    expect(tree()["contexts/user.ts"]).toBe("user 2\n");
  });
});

describe("a failure while writing", () => {
  it("puts back everything, whichever operation fails", async () => {
    await writeOutput(request(before));
    const [files, kept] = [tree(), folders()];
    let failures = 0;
    for (let n = 1; ; n++) {
      let failed = false;
      const { operations } = interrupted(n, () => {
        if (failed) return;
        failed = true;
        throw Object.assign(new Error("full"), { code: "ENOSPC" });
      });
      try {
        apply(operations);
        break;
      } catch (error) {
        failures++;
        expect(error).toBeInstanceOf(OutputError);
        expect(error).toMatchObject({
          code: "E055",
          message: expect.stringContaining("no space is left on the device (ENOSPC)") as string,
          help: "nothing was changed; remove the obstacle and run again",
        });
        expect(tree()).toEqual(files);
        expect(folders()).toEqual(kept);
      }
    }
    // The journal, two folders, five texts, five renames, two removals; what comes after is tidying.
    expect(failures).toBe(15);
  });

  it("says so when it could not put back everything, and the next run completes the work", async () => {
    await writeOutput(request(before));
    const { operations } = interrupted(15, () => {
      throw Object.assign(new Error("gone"), { code: "EIO" });
    });
    expect(() => apply(operations)).toThrow(OutputError);
    expect((await writeOutput(request(after))).findings).toEqual([]);
    const { [manifestName]: _manifest, ...files } = tree();
    expect(files).toEqual(Object.fromEntries(after.map(({ path, text }) => [path, text])));
  });
});

describe("a kill while writing", () => {
  it("leaves nothing that stays for ever, not even of a lock that was being broken", async () => {
    await writeOutput(request(before));
    for (const name of [".mizan-gen.lock.7.tmp", ".mizan-gen.0123456789abcdef.journal"]) {
      writeFileSync(join(directory, name), "");
    }
    await writeOutput(request(before));
    expect(Object.keys(tree()).filter((name) => name.startsWith(".mizan-gen."))).toEqual([
      manifestName,
    ]);
  });

  class Killed extends Error {}

  it("leaves whole files at every moment, and the next run repairs without a warning", async () => {
    const whole = new Map([...before, ...after].map(({ path }) => [path, new Set<string>()]));
    for (const { path, text } of [...before, ...after]) whole.get(path)?.add(text);
    for (let n = 1; ; n++) {
      rmSync(directory, { recursive: true });
      await writeOutput(request(before));
      const { operations, count } = interrupted(n, () => {
        throw new Killed();
      });
      try {
        apply(operations);
      } catch {
        // Nothing runs after a kill: rolling back fails as well.
      }
      for (const [path, text] of Object.entries(tree())) {
        if (whole.has(path)) expect(whole.get(path)).toContain(text);
      }
      const plan = await writeOutput(request(n % 2 === 0 ? after : before));
      expect(plan.findings).toEqual([]);
      const { [manifestName]: _manifest, ...files } = tree();
      const expected = n % 2 === 0 ? after : before;
      expect(files).toEqual(Object.fromEntries(expected.map(({ path, text }) => [path, text])));
      expect(folders()).toEqual(
        n % 2 === 0 ? ["contexts", "mutations"] : ["contexts", "deep", "deep/er"],
      );
      if (count() < n) break;
    }
  });
});
