// Prints what a server answers for a component of `parts/`, as JSON: `node render-on-server.mjs <client folder> <component> <user id> [async]`.
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { createServer } from "vite";

const [client, component, id, mode] = process.argv.slice(2);
const here = fileURLToPath(new URL(".", import.meta.url));
const vite = await createServer({
  configFile: false,
  root: here,
  logLevel: "error",
  appType: "custom",
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  plugins: [
    svelte({
      configFile: false,
      // Without HMR, which adds markers to the markup: as the page under test is compiled.
      compilerOptions: { dev: true, hmr: false, ...(mode && { experimental: { async: true } }) },
    }),
  ],
  resolve: {
    alias: [
      { find: "@client/svelte", replacement: `${client}/svelte/index.ts` },
      { find: "@client", replacement: `${client}/index.ts` },
    ],
  },
});
const { createMizan, fetchUserContext, renderHydrationScript } =
  await vite.ssrLoadModule("@client");
const { default: Component } = await vite.ssrLoadModule(`/parts/${component}.svelte`);
const { answering } = await vite.ssrLoadModule("/answering.ts");
const { render } = await vite.ssrLoadModule("svelte/server");
const mizan = createMizan({
  baseUrl: "https://shop.example/",
  fetch: answering("Rumi").fetch,
});
const params = { user_id: Number(id) };
if (!mode) await fetchUserContext(params, { mizan }).catch(() => undefined);
const { head, body } = await render(Component, { props: { mizan, id: Number(id) } });
const script = renderHydrationScript(mizan.dehydrate());
console.log(JSON.stringify({ head, body, script, observers: mizan.inspect().observers }));
await vite.close();
