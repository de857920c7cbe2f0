// The browser of the browser tests: prints the path of a Chromium, after installing Debian's when there is none. Does nothing when one is
// there already.
//
//   node scripts/install-browser.mjs [--find]     --find: install nothing
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const places = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function find() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(
    isProgram,
  );
}

function fail(why) {
  console.error(
    `${why}\nThe browser tests need Chromium. Install it (Debian: apt-get install -y chromium, as root), or set CHROMIUM_PATH to the program.`,
  );
  process.exit(1);
}

function apt(...args) {
  console.error(`apt-get ${args.join(" ")}`);
  // What apt says goes to the error output: the path alone is the answer.
  const { error, status } = spawnSync("apt-get", args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (error?.code === "ENOENT") fail("No Chromium was found, and there is no apt-get here.");
  return status === 0;
}

const { CHROMIUM_PATH: chosen } = process.env;
if (chosen && !isProgram(chosen)) fail(`CHROMIUM_PATH is ${chosen}, which is no program.`);
let path = chosen || find();
if (!path && !process.argv.includes("--find")) {
  if (process.getuid?.() !== 0) fail("No Chromium was found, and only root can install it.");
  // The lists of packages may be missing on a fresh machine, and may be out of date.
  if (!apt("update")) console.error("apt-get update failed; going on with the lists there are.");
  if (!apt("install", "-y", "--no-install-recommends", "chromium")) {
    fail("No Chromium was found, and apt-get could not install it.");
  }
  path = find();
}
if (!path) fail("No Chromium was found.");
console.log(path);
