// `npm run backend -- fastapi|django|typescript [--port N] [--test]`: starts the bookshop of that backend and sets up what it needs.
// A signal to this process ends the bookshop; its exit code is that of the bookshop.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { backendNames, startCommand } from "./backends.mjs";

const usage = `npm run backend -- ${backendNames.join("|")} [--port N] [--test]`;

try {
  run(readArguments());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: "string" }, test: { type: "boolean" } },
  });
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) throw new Error(`Name one backend: ${usage}`);
  if (!backendNames.includes(name)) {
    throw new Error(`There is no backend ${JSON.stringify(name)}. ${usage}`);
  }
  const { port = "8000", test = false } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`--port ${port}: a port is a number from 0 to 65535; 0 takes a free one`);
  }
  return { name, port, test };
}

function run({ name, port, test }) {
  const { command, args, cwd } = startCommand(name);
  const child = spawn(command, [...args, "--port", port, ...(test ? ["--test"] : [])], {
    cwd,
    stdio: "inherit",
  });
  let stopped = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      stopped = true;
      child.kill(signal);
    });
  }
  child.on("error", (error) => {
    console.error(`${command} cannot be started: ${error.message}`);
    process.exitCode = 2;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = stopped ? 0 : (code ?? (signal === null ? 1 : 2));
  });
}
