import { spawn, type ChildProcess } from "node:child_process";
import { startCommand } from "../../scripts/backends.mjs";

export interface Backend {
  readonly name: string;
  readonly url: string;
  /** What it printed beside its first line, for messages. */
  output(): string;
  close(): Promise<void>;
}

/** How long a bookshop may take to listen, on a machine that is busy with other things. */
const patienceMs = 90_000;

/**
 * Starts the bookshop of a backend on a free port, with its endpoints for tests, and waits until it listens.
 *
 * @throws Error with what the backend printed, or that Python is missing and how to leave its tests out
 */
export async function startBackend(name: string): Promise<Backend> {
  const { command, args, cwd } = startCommandOf(name);
  // A group of its own, so that whatever it starts ends with it.
  const child = spawn(command, [...args, "--port", "0", "--test"], {
    cwd,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
  try {
    const url = await listening(name, child, () => output);
    return { name, url, output: () => output, close: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

function startCommandOf(name: string): ReturnType<typeof startCommand> {
  try {
    return startCommand(name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${reason}\nTo leave the tests of the Python backends out: npm test -- --without-python`,
      {
        cause: error,
      },
    );
  }
}

function listening(name: string, child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(new Error(`the bookshop of ${name} ${reason}:\n${output()}`));
    const timer = setTimeout(
      () => fail(`does not listen after ${String(patienceMs / 1000)} s`),
      patienceMs,
    );
    const look = (): void => {
      const url = /listening on (http:\/\/\S+)/.exec(output())?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on("data", look);
    child.once("error", (error) => fail(`cannot be started (${error.message})`));
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with ${String(code)}`);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const kill = (signal: NodeJS.Signals): void => {
    try {
      process.kill(process.platform === "win32" ? (child.pid ?? 0) : -(child.pid ?? 0), signal);
    } catch {
      // It is gone already.
    }
  };
  kill("SIGTERM");
  const late = setTimeout(() => kill("SIGKILL"), 5_000);
  await gone;
  clearTimeout(late);
}
