// Serves a built app as production would: its files, `index.html` for pages, the rest passed on to the backend of the same origin. With
// SSR the first page comes rendered.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import httpProxy from "http-proxy-3";
import sirv from "sirv";

const passedOn = /^\/(ctx|call|session|orders|users|test)(\/|$)/;

/** Declared in serve-app.d.mts. */
export async function serveApp({ out, backendUrl, port = 0, ssr = false }) {
  const browser = join(out, "browser");
  const pages = servePages(
    readFileSync(join(browser, "index.html"), "utf8"),
    ssr ? await loadRender(join(out, "server/entry-server.js"), backendUrl) : renderNothing,
  );
  // `dev` reads the folder anew for each request: the app may be built anew while it is served.
  const files = sirv(browser, { dev: true, etag: true });
  const backend = passTo(backendUrl);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const isPage = !/\.\w+$/.test(pathname) || pathname === "/index.html";
    if (passedOn.test(pathname)) backend.web(request, response);
    else if (request.method !== "GET" && request.method !== "HEAD")
      answer(response, 405, "This server only reads.");
    else if (isPage) void pages(request, response);
    else files(request, response, () => answer(response, 404, "Not found."));
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${String(server.address().port)}/`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const renderNothing = () => ({ html: "", state: "" });

/** The app renders; what a visitor may see there is decided by the backend, by the visitor's cookie. */
async function loadRender(file, backendUrl) {
  const { render } = await import(pathToFileURL(file).href);
  return ({ headers: { cookie } }) =>
    render({ baseUrl: backendUrl, headers: cookie ? { cookie } : {} });
}

function servePages(template, render) {
  return async (request, response) => {
    try {
      const { head = "", html, state } = await render(request);
      const parts = { head, html, state };
      response.writeHead(200, {
        "Content-Type": "text/html; charset=utf-8",
        // What is private may be in it. `no-store` would keep it out of the back-forward cache.
        "Cache-Control": "private, no-cache",
      });
      response.end(template.replace(/<!--(head|html|state)-->/g, (_, part) => parts[part]));
    } catch (error) {
      answer(response, 500, `The page could not be rendered: ${error?.stack ?? error}`);
    }
  };
}

/** The backend sees the request as it came: Host, Origin and cookies are what its checks are about. */
function passTo(target) {
  const proxy = httpProxy.createProxyServer({ target, changeOrigin: false });
  proxy.on("error", (_error, _request, response) => {
    if (!("writeHead" in response) || response.headersSent) response.destroy();
    else answer(response, 502, "The backend does not answer.");
  });
  return proxy;
}

function answer(response, status, text) {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
  });
  response.end(`${text}\n`);
}
