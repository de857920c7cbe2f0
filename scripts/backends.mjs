// The bookshops that are written with our producers: how each is started. `startCommand` sets up what it needs.
import { fileURLToPath } from "node:url";
import { pythonEnvironment, pythonRoot } from "./python-env.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @returns {{ command: string, args: string[], cwd: string }} throws an Error whose message is for the user */
function python(module) {
  return { command: pythonEnvironment(), args: ["-m", module], cwd: pythonRoot };
}

const starts = {
  fastapi: () => python("examples.fastapi_bookshop"),
  django: () => python("examples.django_bookshop"),
  typescript: () => ({
    command: process.execPath,
    args: [`${root}backends/typescript/examples/bookshop/main.js`],
    cwd: root,
  }),
};

export const backendNames = Object.keys(starts);

/**
 * The command that starts the bookshop of a backend, to which `--port` and `--test` can be added.
 *
 * @param {string} name
 */
export function startCommand(name) {
  return starts[name]();
}
