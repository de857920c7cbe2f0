import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OutputError, systemCode, systemReason } from "./output-error.js";

export const lockName = ".mizan-gen.lock";

/** A run holds the lock only while it compares and writes: a second at most. */
const oldAge = 60_000;
const pollInterval = 20;

/** Locks that this process holds: its own number in a lock file means nothing else, as numbers are used again (containers). */
const held = new Set<string>();

/**
 * Runs `action` while no other run, of this or another process, does so for the same directory. The lock of a process that died is
 * taken over. Waits up to `patience` milliseconds, then throws an `OutputError` (E057).
 *
 * @param directory the real path of an existing directory
 */
export async function withOutputLock<T>(
  directory: string,
  action: () => T,
  patience = 10_000,
): Promise<T> {
  const lock = join(directory, lockName);
  const deadline = performance.now() + patience;
  while (held.has(lock) || !tryLock(lock)) {
    if (performance.now() > deadline) throw stillLocked(lock);
    await sleep(pollInterval);
  }
  held.add(lock);
  try {
    return action();
  } finally {
    held.delete(lock);
    rmSync(lock, { force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    const file = openSync(lock, "wx");
    try {
      writeSync(file, `${process.pid} ${hostname()}\n`);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") {
      breakStaleLock(lock);
      return false;
    }
    // A full disk may let the file be created and not be filled.
    if (systemCode(error) !== "EACCES") rmSync(lock, { force: true });
    throw new OutputError("E055", `cannot write to the output directory: ${systemReason(error)}`);
  }
}

/** Removes the lock if its owner is gone. The next attempt then takes it like any other. */
function breakStaleLock(lock: string): void {
  const text = readLock(lock);
  if (text === null || !isStale(lock, text)) return;
  // Renamed before it is removed: of two runs that find the same stale lock, only one gets it.
  const aside = `${lock}.${process.pid}.tmp`;
  try {
    renameSync(lock, aside);
    if (readLock(aside) === text) rmSync(aside, { force: true });
    else renameSync(aside, lock);
  } catch {
    // Another run was faster.
  }
}

function readLock(lock: string): string | null {
  try {
    return readFileSync(lock, "utf8");
  } catch {
    return null;
  }
}

function isStale(lock: string, text: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > oldAge) return true;
  const [, pid = "", host = ""] = /^(\d+) (.*)\n$/.exec(text) ?? [];
  // Cut off while it was written: whoever is alive fills it within microseconds.
  if (pid === "") return age > 1000;
  if (host !== hostname()) return false;
  return Number(pid) === process.pid || !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

function stillLocked(lock: string): OutputError {
  const [, pid] = /^(\d+) /.exec(readLock(lock) ?? "") ?? [];
  const who = pid === undefined ? "another run" : `another run (process ${pid})`;
  return new OutputError("E057", `${who} is writing to the same directory`);
}
