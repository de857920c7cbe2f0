import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import type { HttpServer } from "../../../src/kernel/test/live/http-server.js";

const entry = fileURLToPath(new URL("kit.ts", import.meta.url));

let bundled: Promise<string> | undefined;

/** The kernel as a browser gets it from a bundler, with what `kit.ts` adds. */
export const bundleKit = (): Promise<string> =>
  (bundled ??= build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? ""));

/**
 * Serves three pages and leaves the rest to the server's handler: `/` has the kit, `/app` makes its instance by itself, `/elsewhere` is
 * another page.
 */
export async function serveKit(server: HttpServer): Promise<void> {
  server.files.set("/kit.js", { type: "text/javascript", body: await bundleKit() });
  servePage(server, "/", `<script src="/kit.js"></script>`);
  servePage(
    server,
    "/app",
    `<script src="/kit.js"></script><script>
      addEventListener("pageshow", ({ persisted }) => { globalThis.restored = persisted; });
      globalThis.tab = kit.openTab();
    </script>`,
  );
  servePage(server, "/elsewhere", "elsewhere");
}

export function servePage(
  server: HttpServer,
  path: string,
  html: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  server.files.set(path, {
    type: "text/html; charset=utf-8",
    body: `<!doctype html><link rel="icon" href="data:,"><title>${path}</title>${html}`,
    headers,
  });
}
