import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync, type Stats } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashText } from "./hash-text.js";
import { outputReader } from "./output-state.js";
import { StampedHashes } from "./stamped-hashes.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mizan-stamps-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hour = 3_600_000;

/** What the file system would say an hour after it said so. */
const later = (stats: Stats): number => stats.ctimeMs + hour;

it("knows a file that is surely what it was, by path", () => {
  writeFileSync(join(folder, "a"), "1");
  const stats = statSync(join(folder, "a"));
  const known = new StampedHashes();
  known.set("a", stats, "hash", later(stats));
  expect(known.get("a", stats)).toBe("hash");
  expect(known.get("b", stats)).toBeUndefined();
});

it("does not know one that was written just now: the next change may leave no trace", () => {
  writeFileSync(join(folder, "a"), "1");
  const stats = statSync(join(folder, "a"));
  const known = new StampedHashes();
  known.set("a", stats, "hash", later(stats));
  known.set("a", stats, "hash", stats.ctimeMs + 100);
  expect(known.get("a", stats)).toBeUndefined();
});

it("is not taken in by a size and a time that are what they were", async () => {
  const path = join(folder, "a");
  writeFileSync(path, "1");
  const stats = statSync(path);
  const known = new StampedHashes();
  known.set("a", stats, "hash", later(stats));
  await new Promise((passed) => setTimeout(passed, 20));
  writeFileSync(path, "2");
  utimesSync(path, stats.atime, stats.mtime);
  expect(statSync(path).mtimeMs).toBeCloseTo(stats.mtimeMs, 0);
  expect(known.get("a", statSync(path))).toBeUndefined();
});

it("spares the reading of what is known, and only that", () => {
  writeFileSync(join(folder, "a"), "1");
  writeFileSync(join(folder, "b"), "1");
  const known = new StampedHashes();
  const stats = statSync(join(folder, "a"));
  known.set("a", stats, "as it was known", later(stats));
  const look = outputReader(folder, known);
  expect(look("a")).toMatchObject({ hash: "as it was known" });
  expect(look("b")).toMatchObject({ hash: hashText("1") });
  const found = look("a");
  if (typeof found === "string") throw new Error(found);
  expect(found.read().toString()).toBe("1");
});

it("forgets the files that the directory has no more", () => {
  writeFileSync(join(folder, "a"), "1");
  const stats = statSync(join(folder, "a"));
  const known = new StampedHashes();
  known.set("a", stats, "hash", later(stats));
  known.set("b", stats, "hash", later(stats));
  known.keep(new Map([["a", ""]]));
  expect([known.get("a", stats), known.get("b", stats)]).toEqual(["hash", undefined]);
});
