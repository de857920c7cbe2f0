// `npm run example -- react|vue|svelte [--backend NAME] [--port N] [--ssr]`: an example app on a backend, with one command. A signal to
// this process ends all of it.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { backendNames } from "./backends.mjs";
import { buildApp, generateClient } from "./example/build-app.mjs";
import { serveApp } from "./example/serve-app.mjs";
import { startBackend } from "./start-backend.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const apps = readdirSync(join(root, "examples")).filter((name) =>
  existsSync(join(root, "examples", name, "index.html")),
);
const usage = `npm run example -- ${apps.join("|")} [--backend ${backendNames.join("|")}] [--port N] [--ssr]`;
const toClose = [];
let ending;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(0));

try {
  await run(readArguments());
} catch (error) {
  // What fails because everything is being ended, fails as it should.
  if (ending === undefined) {
    console.error(error instanceof Error ? error.message : error);
    await end(2);
  }
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      backend: { type: "string" },
      port: { type: "string" },
      ssr: { type: "boolean" },
    },
  });
  const [app, ...rest] = positionals;
  if (app === undefined || rest.length > 0) throw new Error(`Name one app: ${usage}`);
  if (!apps.includes(app)) throw new Error(`There is no app ${JSON.stringify(app)}. ${usage}`);
  const { backend = "typescript", port = "5173", ssr = false } = values;
  if (!backendNames.includes(backend)) {
    throw new Error(`There is no backend ${JSON.stringify(backend)}. ${usage}`);
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new Error(`--port ${port}: a port is a number from 0 to 65535; 0 takes a free one`);
  }
  return { app, backend, port: Number(port), ssr };
}

async function run({ app, backend: backendName, port, ssr }) {
  if (!existsSync(join(root, "dist/cli.js"))) {
    throw new Error("The generator is not built yet: npm run build");
  }
  const folder = join(root, "examples", app);
  const out = join(folder, "dist");
  const backend = await closedAtTheEnd(startBackend(backendName));
  const document = await (await fetch(`${backend.url}openapi.json`)).text();
  await generateClient({ folder, target: app, document });
  await buildApp({ folder, out, ssr });
  const served = serveApp({ out, backendUrl: backend.url, port, ssr }).catch((error) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    throw new Error(
      `Port ${port} cannot be used (${error.code}): give another one with --port; 0 takes a free one`,
    );
  });
  const { url } = await closedAtTheEnd(served);
  console.log(`The ${backendName} backend is at ${backend.url}`);
  console.log(`listening on ${url}`);
  await backend.ended;
  if (ending === undefined) {
    console.error(
      `The ${backendName} backend has ended; the app answers 502 in its place.\n${backend.output()}`,
    );
  }
}

/** Is ended at the end, also when it is still starting then. */
function closedAtTheEnd(starting) {
  toClose.push({
    close: () =>
      starting.then(
        (each) => each.close(),
        () => {},
      ),
  });
  return starting;
}

function end(code) {
  return (ending ??= Promise.all(toClose.map((each) => each.close())).then(() =>
    process.exit(code),
  ));
}
