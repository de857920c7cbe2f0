import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import type { HttpServer } from "../../../src/kernel/test/live/http-server.js";

const entry = fileURLToPath(new URL("kit.ts", import.meta.url));

let bundled: Promise<string> | undefined;

/** The kernel as a browser gets it from a bundler, with {@link file://./kit.ts} around it. */
export const bundleKit = (): Promise<string> =>
  (bundled ??= build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? ""));

/** Serves `/`, a page that has the kit, and leaves the rest to the server's handler. */
export async function serveKit(server: HttpServer, html = ""): Promise<void> {
  server.files.set("/kit.js", { type: "text/javascript", body: await bundleKit() });
  server.files.set("/", {
    type: "text/html; charset=utf-8",
    body: `<!doctype html><link rel="icon" href="data:,"><title>kit</title>${html}<script src="/kit.js"></script>`,
  });
}
