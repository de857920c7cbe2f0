import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Serves the files of a folder; for pages that it does not have, its `index.html`, which knows the way. */
export function staticFiles(directory: string): (request: Request) => Promise<Response> {
  const root = resolve(directory);
  return async ({ method, url }) => {
    if (method !== "GET" && method !== "HEAD") return new Response(null, { status: 404 });
    const path = decodedPath(url);
    const file = path === null ? root : resolve(root, `.${path}`);
    if (path === null || (file !== root && !file.startsWith(root + sep))) {
      return new Response("Not found\n", { status: 404 });
    }
    const isPage = extname(file) === "";
    for (const candidate of isPage ? [resolve(root, "index.html")] : [file]) {
      const body = await readFile(candidate).catch(() => null);
      if (body === null) continue;
      const type = types[extname(candidate)] ?? "application/octet-stream";
      return new Response(method === "HEAD" ? null : body, { headers: { "Content-Type": type } });
    }
    return new Response("Not found\n", { status: 404 });
  };
}

function decodedPath(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url).pathname);
    return path.includes("\0") ? null : path;
  } catch {
    return null;
  }
}
