import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { buildApp, generateClient } from "../../../scripts/example/build-app.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** An app of `examples/`, or the one over the bare kernel that judges the specification. */
export interface Example {
  readonly name: string;
  readonly folder: string;
  readonly target: string;
}

/** The app over the bare kernel; a script that plants faults in it names its copy. */
export const bare: Example = {
  name: "bare",
  folder: process.env["MIZAN_BARE_EXAMPLE"] ?? join(root, "test/browser/examples/bare"),
  target: "none",
};

export const exampleOf = (framework: string): Example => ({
  name: framework,
  folder: join(root, "examples", framework),
  target: framework,
});

/** What checks the types of an app, by its target; a package's program and its arguments. */
const checkers: Readonly<Record<string, readonly string[]>> = {
  none: ["typescript/bin/tsc", "-p", "."],
  react: ["typescript/bin/tsc", "-p", "."],
  vue: ["vue-tsc/bin/vue-tsc.js"],
  svelte: ["svelte-check/bin/svelte-check", "--tsconfig", "tsconfig.json", "--fail-on-warnings"],
};

/**
 * Checks the sources of an app against its generated client.
 *
 * @throws Error with what the checker found, or that none is named for the target
 */
export async function checkExample({ folder, target }: Example): Promise<void> {
  const [program = "", ...args] = checkers[target] ?? [];
  if (!program) throw new Error(`Name what checks the types of ${target} in build-example.ts`);
  const { exitCode, all } = await execa("node", [join(root, "node_modules", program), ...args], {
    cwd: folder,
    all: true,
    reject: false,
  });
  if (exitCode !== 0) throw new Error(all);
}

/** Where the builds of an app are: in a folder that is theirs. */
export interface Builds {
  readonly folder: string;
  /** As it is put on a file server. */
  readonly plain: string;
  /** With its half for a server, and with the warnings that frameworks have for developers: of a hydration that does not fit, say. */
  readonly rendered: string;
}

/** Generates the client from the document that all three backends export, and builds the app twice. */
export async function buildExample({ name, folder, target }: Example): Promise<Builds> {
  const document = readFileSync(join(root, "backends/bookshop.openapi.json"), "utf8");
  await generateClient({ folder, target, document });
  const out = join(root, ".cache/examples", `${name}-${String(process.pid)}`);
  const builds = { folder: out, plain: join(out, "plain"), rendered: join(out, "rendered") };
  await buildApp({ folder, out: builds.plain });
  await buildApp({ folder, out: builds.rendered, ssr: true, mode: "development" });
  return builds;
}
