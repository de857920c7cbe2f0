import { spawn } from "node:child_process";
import { readFileSync, watch } from "node:fs";
import { performance } from "node:perf_hooks";

/** A `mizan-gen watch` that is measured from outside: when the files that it writes are there, and what CPU it has used. */
export class WatchProcess {
  #child;
  #output = "";
  #more = () => {};

  constructor(bin, args, cwd) {
    this.#child = spawn(process.execPath, [bin, "watch", ...args], { cwd });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.on("data", (chunk) => {
        this.#output += chunk;
        this.#more();
      });
    this.#child.on("close", () => this.#more());
  }

  /** The next text that matches, taken out of what was printed. */
  async said(pattern) {
    for (;;) {
      const match = pattern.exec(this.#output);
      if (match !== null) {
        this.#output = this.#output.slice(match.index + match[0].length);
        return match[0];
      }
      if (this.#child.exitCode !== null)
        throw new Error(`the watch ended without ${pattern}:\n${this.#output}`);
      await new Promise((more) => (this.#more = more));
    }
  }

  /** Milliseconds of CPU so far, of all threads; undefined where the system does not say. */
  cpu() {
    try {
      const [, rest = ""] = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8").split(/\) /);
      const [user, system] = rest.split(" ").slice(11, 13);
      // In hundredths of a second.
      return (Number(user) + Number(system)) * 10;
    } catch {
      return undefined;
    }
  }

  async end() {
    this.#child.kill("SIGINT");
    await new Promise((ended) => this.#child.on("close", ended));
  }
}

/** Milliseconds from the beginning of `save` until a file of a directory is in its place. */
export async function untilWritten(directory, name, save) {
  let started = 0;
  const written = new Promise((done) => {
    const watcher = watch(directory, (_event, changed) => {
      if (changed !== name) return;
      const wall = performance.now() - started;
      watcher.close();
      done(wall);
    });
  });
  started = performance.now();
  save();
  return written;
}
