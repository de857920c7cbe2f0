// Starts the bookshop of a backend and waits until it listens: for `npm run example` and for the tests.
import { spawn } from "node:child_process";
import { startCommand } from "./backends.mjs";

/** How long a bookshop may take to listen, on a machine that is busy with other things. */
const patienceMs = 90_000;

/** Starts it with its endpoints for tests. Declared in start-backend.d.mts. */
export async function startBackend(name, { port = 0 } = {}) {
  const { command, args, cwd } = startCommand(name);
  // A group of its own, so that whatever it starts ends with it.
  const child = spawn(command, [...args, "--port", String(port), "--test"], {
    cwd,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
  const ended = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  try {
    const url = await listening(name, child, () => output);
    return { name, url, ended, output: () => output, close: () => end(child, ended) };
  } catch (error) {
    await end(child, ended);
    throw error;
  }
}

function listening(name, child, output) {
  return new Promise((resolve, reject) => {
    const fail = (reason) => reject(new Error(`the bookshop of ${name} ${reason}:\n${output()}`));
    const timer = setTimeout(
      () => fail(`does not listen after ${String(patienceMs / 1000)} s`),
      patienceMs,
    );
    child.stdout.on("data", () => {
      const url = /listening on (http:\/\/\S+)/.exec(output())?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once("error", (error) => fail(`cannot be started (${error.message})`));
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with ${String(code)}`);
    });
  });
}

async function end(child, ended) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const kill = (signal) => {
    try {
      process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
    } catch {
      // It is gone already.
    }
  };
  kill("SIGTERM");
  const late = setTimeout(() => kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(late);
}
