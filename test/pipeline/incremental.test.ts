import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProject, write, type ProjectResult } from "../../src/cli/run-project.js";
import { WatchedProject } from "../../src/cli/watch/watched-project.js";
import { resolveProject, type Project } from "../../src/config/resolve-project.js";
import type { JsonObject } from "../../src/document/document.js";
import { edit, edited, type Edit } from "../../src/ir/test/edits.js";
import { wound, wounded, type Wound } from "./mutate.js";

const root = resolve(import.meta.dirname, "../..");
const numRuns = Number(process.env["MIZAN_FUZZ_RUNS"] ?? 12);

/** What a user does between two saves of the document, and the document that is saved. */
interface Step {
  /** What is changed for good. */
  readonly edits: readonly Edit[];
  /** Wounds of the document as the edits have left it; none heals it. */
  readonly wounds: readonly Wound[];
  /** The text itself is cut off after so much of it. */
  readonly cut: number | null;
  /** A generated file that is edited by hand or removed before, by its number. */
  readonly touch: { readonly file: number; readonly how: "edit" | "remove" } | null;
  /** Nothing happens for a while after it. */
  readonly rests: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.array(edit, { maxLength: 2 }),
  wounds: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.array(wound, { minLength: 1, maxLength: 3 }) },
  ),
  cut: fc.oneof(
    { weight: 9, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.double({ min: 0.1, max: 0.9, noNaN: true }) },
  ),
  touch: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({ file: fc.nat(), how: fc.constantFrom("edit", "remove") }),
    },
  ),
  rests: fc.boolean(),
});

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "mizan-incremental-")));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Two projects of the same document, in directories of their own: one is watched, the other is run anew each time. */
function projectIn(name: string): Project {
  const base = join(folder, name);
  mkdirSync(base, { recursive: true });
  const project = resolveProject(
    { input: "schema.json", output: "out", targets: ["svelte"] },
    { base, flags: {}, cwd: base },
  );
  if (project === null) throw new Error("no input");
  return project;
}

function tree(directory: string): Record<string, string> {
  if (statSync(directory, { throwIfNoEntry: false }) === undefined) return {};
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(directory, name)).isFile())
      .map((name) => [name, readFileSync(join(directory, name), "utf8")]),
  );
}

function touch({ output }: Project, { file, how }: NonNullable<Step["touch"]>): void {
  const paths = Object.keys(tree(output)).filter((name) => name.endsWith(".ts"));
  const path = paths[file % Math.max(1, paths.length)];
  if (path === undefined) return;
  if (how === "remove") rmSync(join(output, path));
  else writeFileSync(join(output, path), "// edited by hand\n");
}

const outcomeOf = ({ status, diagnostics, changes, total }: ProjectResult): object => ({
  status,
  total,
  diagnostics: diagnostics.map(({ code, message, pointer, file }) => ({
    ...{ code, message, pointer, file },
  })),
  changes: changes.map(({ kind, path }) => `${kind} ${path}`),
});

describe("a watch that does only what is new", () => {
  it.each(["protocol/bookshop.json", "producers/fastapi/openapi.json"])(
    "%s: gives what a run from nothing gives, after errors and hand edits as well",
    async (name) => {
      const original = JSON.parse(readFileSync(join(root, "fixtures", name), "utf8")) as JsonObject;
      let runs = 0;
      let written = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 8 }), async (steps) => {
          rmSync(folder, { recursive: true, force: true });
          const [watched, cold] = [projectIn("watched"), projectIn("cold")];
          const watch = new WatchedProject(watched, { cwd: watched.base, force: false });
          let document = original;
          for (const { edits, wounds, cut, touch: touched, rests } of steps) {
            document = edits.reduce(edited, document);
            const whole = wounded(document as Parameters<typeof wounded>[0], wounds);
            const text = cut === null ? whole : whole.slice(0, whole.length * cut);
            for (const project of [watched, cold]) {
              if (touched !== null) touch(project, touched);
              writeFileSync(project.input, text);
            }
            const turn = await watch.turn();
            // The very text of before: nobody has asked for a run.
            if (turn.kind === "nothing") continue;
            if (turn.kind !== "run") throw new Error(turn.kind);
            const expected = await runProject(cold, {
              ...{ cwd: cold.base, force: false, apply: write, trustManifest: "always" },
            });
            runs++;
            if (expected.changes.some(({ kind }) => kind !== "unchanged")) written++;
            expect(outcomeOf(turn.result)).toEqual(outcomeOf(expected));
            expect(tree(watched.output)).toEqual(tree(cold.output));
            if (rests) await watch.rehearse(() => false);
          }
        }),
        { numRuns },
      );
      // Or nothing is proven.
      expect(written).toBeGreaterThan(runs / 4);
    },
    240_000,
  );
});
