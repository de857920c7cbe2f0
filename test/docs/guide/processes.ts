import { spawn, type ChildProcess } from "node:child_process";

/** Servers and watchers of a guide, which run until it is over. */
export class Processes {
  readonly #running: { readonly child: ChildProcess; readonly ended: Promise<void> }[] = [];
  #output = "";

  /** What all of them have printed. */
  get output(): string {
    return this.#output;
  }

  /** Starts a line of shell in a group of its own, so that whatever it starts ends with it. */
  start(command: string, cwd: string): void {
    const child = spawn(command, {
      cwd,
      shell: true,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
    }
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    this.#running.push({ child, ended });
  }

  async close(): Promise<void> {
    for (const { child, ended } of this.#running) {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      await ended;
    }
  }
}
