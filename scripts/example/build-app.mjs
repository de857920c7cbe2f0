// Makes an app of `examples/` ready to be served: the client from the backend's document, then Vite's build. Run by itself, it is the
// build of one app in a process of its own, so that NODE_ENV is that of the build and not of whoever asked.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const self = fileURLToPath(import.meta.url);

/** Writes `src/mizan/` of an app. Declared in build-app.d.mts. */
export async function generateClient({ folder, target, document }) {
  // Named alike for every backend, for the client says what it was made from.
  const place = ["--stdin-filepath", join(root, "examples/bookshop.openapi.json")];
  const args = ["-", ...place, "--target", target, "-o", join(folder, "src/mizan"), "--quiet"];
  await run(process.execPath, [join(root, "bin/mizan-gen.js"), ...args], { input: document });
}

/** Builds an app with Vite. Declared in build-app.d.mts. */
export async function buildApp({ folder, out, ssr = false, mode = "production" }) {
  const entry = ssr ? findServerEntry(folder) : undefined;
  const builds = [{ folder, outDir: join(out, "browser"), mode }];
  if (entry !== undefined) {
    builds.push({ folder, outDir: join(out, "server"), mode, entry });
  }
  await run(process.execPath, [self, JSON.stringify(builds)], { env: { NODE_ENV: mode } });
}

function findServerEntry(folder) {
  const names = ["ts", "tsx", "js"].map((extension) => `src/entry-server.${extension}`);
  const found = names.find((name) => existsSync(join(folder, name)));
  if (found === undefined) {
    throw new Error(`${folder} has no src/entry-server.ts: it cannot be rendered on a server`);
  }
  return found;
}

function run(command, args, { input = "", env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: { ...process.env, ...env } });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(output.trim() || `${command} ended with ${String(code)}`));
    });
    // It may end without having read its input; its exit code says why.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

async function main([builds]) {
  const { build } = await import("vite");
  for (const { folder, outDir, mode, entry } of JSON.parse(builds)) {
    await build({
      root: folder,
      mode,
      logLevel: "warn",
      build: { outDir, emptyOutDir: true, ...(entry === undefined ? {} : { ssr: entry }) },
    });
  }
}

if (process.argv[1] === self) await main(process.argv.slice(2));
