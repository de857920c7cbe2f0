// The virtual environment of the Python backend: `backends/python/.venv`, with the package itself and its `dev` extra. Made anew
// when pyproject.toml or the interpreter changes, else left alone. Other scripts import `pythonEnvironment()`; run by itself it prints
// the path of the interpreter.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const pythonRoot = fileURLToPath(new URL("../backends/python/", import.meta.url));
const home = `${pythonRoot}.venv`;
const stampFile = `${home}/stamp`;
const needed = [3, 11];

/** The path of the environment's interpreter. Throws an Error whose message is for the user when there is no Python, or pip fails. */
export function pythonEnvironment() {
  const system = findPython();
  if (system === null) {
    throw new Error(
      `Python ${needed.join(".")} or newer was not found (tried ${candidates().join(", ")}). Install it, or name it: PYTHON=/path/to/python3`,
    );
  }
  const windows = process.platform === "win32";
  const python = `${home}/${windows ? "Scripts/python.exe" : "bin/python"}`;
  const project = readFileSync(`${pythonRoot}pyproject.toml`);
  const stamp = `${system.version}${createHash("sha256").update(project).digest("hex")}\n`;
  const made = existsSync(python) && existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  if (made === stamp) return python;
  process.stderr.write("Setting up backends/python/.venv ...\n");
  // Other requirements are installed over what is there; another interpreter needs a new home.
  if (!made.startsWith(system.version)) {
    rmSync(home, { recursive: true, force: true });
    run(system.path, ["-m", "venv", home]);
  }
  run(python, ["-m", "pip", "install", "--quiet", "--editable", `${pythonRoot}[dev]`]);
  writeFileSync(stampFile, stamp);
  return python;
}

function findPython() {
  for (const path of candidates()) {
    const asked = spawnSync(path, ["-c", "import sys; print(sys.version)"], { encoding: "utf8" });
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(asked.stdout ?? "") ?? [];
    if (major === undefined) continue;
    const isNewEnough =
      Number(major) > needed[0] || (Number(major) === needed[0] && Number(minor) >= needed[1]);
    if (isNewEnough) return { path, version: asked.stdout };
  }
  return null;
}

function candidates() {
  const named = process.env["PYTHON"];
  return named
    ? [named]
    : ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];
}

function run(command, args) {
  const done = spawnSync(command, args, { stdio: ["ignore", 2, 2] });
  if (done.status !== 0) {
    throw new Error(
      `Setting up backends/python/.venv failed: ${[command, ...args].join(" ")} ended with ${done.status ?? done.error?.message}`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(pythonEnvironment());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
