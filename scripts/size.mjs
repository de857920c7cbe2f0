// `npm run size`: what the runtime adds to an app's bundle, minified and gzipped, next to the peers of bench/kernel. Fails above the bars.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const kernel = `${root}src/kernel/index.js`;
const peers = `${root}bench/kernel`;
/** Frameworks are there anyway, and are nobody's weight. */
const external = ["react", "react-dom", "vue", "svelte"];

/** @returns {Promise<{ minified: number; gzipped: number } | undefined>} undefined when it is not installed */
async function measure(contents, resolveDir) {
  const { outputFiles, errors } = await build({
    stdin: { contents, resolveDir, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    external,
    logLevel: "silent",
    // What a production build of an app replaces.
    define: { "process.env.NODE_ENV": '"production"' },
  }).catch((error) => ({ outputFiles: [], errors: error.errors }));
  if (!outputFiles[0]) {
    if (resolveDir === peers) return undefined;
    throw new Error(errors.map(({ text }) => text).join("\n"));
  }
  const text = outputFiles[0].text;
  return { minified: text.length, gzipped: gzipSync(text, { level: 9 }).length };
}

const use = (names, from) =>
  `import { ${names} } from ${JSON.stringify(from)};\nconsole.log(${names});`;

/** Bars in bytes, gzipped, from the design: the kernel with the React adapter 6.0 kB, of which the adapter may take 0.6. */
const rows = [
  {
    what: "kernel, as an app with calls and contexts uses it",
    contents: use("configureDefault, createKernel, createMutation, fetchContext, mutation", kernel),
    bar: 5400,
  },
  { what: "kernel, all of it", contents: `export * from ${JSON.stringify(kernel)};` },
  { what: "renderHydrationScript alone", contents: use("renderHydrationScript", kernel), bar: 400 },
  {
    what: "SWR",
    contents: 'import useSWR, { mutate } from "swr";\nconsole.log(useSWR, mutate);',
    dir: peers,
  },
  {
    what: "SWR with mutations",
    contents:
      'import useSWR, { mutate } from "swr";\nimport useSWRMutation from "swr/mutation";\nconsole.log(useSWR, mutate, useSWRMutation);',
    dir: peers,
  },
  {
    what: "TanStack Query core",
    contents: use("QueryClient, QueryObserver, MutationObserver", "@tanstack/query-core"),
    dir: peers,
  },
  {
    what: "TanStack Query, React",
    contents: use(
      "QueryClient, QueryClientProvider, useMutation, useQuery",
      "@tanstack/react-query",
    ),
    dir: peers,
  },
];

let missed = 0;
const table = [];
for (const { what, contents, bar, dir = root } of rows) {
  const size = await measure(contents, dir);
  const over = size && bar !== undefined && size.gzipped > bar;
  if (over) missed++;
  table.push([
    what,
    size ? String(size.minified) : "not installed",
    size ? String(size.gzipped) : "",
    bar === undefined ? "" : `≤ ${bar}`,
    bar === undefined ? "" : over ? "missed" : "met",
  ]);
}

const head = ["bytes", "minified", "gzipped", "bar", ""];
const widths = head.map((_, column) =>
  Math.max(...[head, ...table].map((cells) => cells[column].length)),
);
for (const cells of [head, ...table]) {
  console.log(
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
      )
      .join("  ")
      .trimEnd(),
  );
}
if (!existsSync(`${peers}/node_modules`)) console.log("\nPeers: npm install in bench/kernel.");
if (missed) process.exitCode = 1;
