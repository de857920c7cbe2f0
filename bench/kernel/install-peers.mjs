import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Installs the peers of the kernel from their lock file, once. */
export function installPeers() {
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return;
  console.log("npm ci in bench/kernel");
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: "inherit" });
}
